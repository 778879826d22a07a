import type { AdminSystem, AuditReport } from '@sealcard/protocol'
import { Alert, Button, Input, Progress, Typography } from 'antd'
import { useState } from 'react'
import { useAct, useRead } from '../../api/hooks'
import { formatNumber } from '../../i18n/format'
import { sharedWords } from '../../i18n/shared-words'
import { useLanguage, useWords } from '../../i18n/words'
import { AuditLink } from '../../ui/dangerous-act'
import { FailureNotice } from '../../ui/failure-notice'
import { Field } from '../../ui/field'
import { Named } from '../../ui/named'
import { Panel } from '../../ui/panel'
import { RoleGate } from '../../ui/role-gate'
import { Time } from '../../ui/time'
import { expectedPlaces } from './expected-places'
import { useDecisionWords } from './entry-words'
import { auditWords } from './words'

/** Verifies all chains, with its progress, and with places that were noted elsewhere. */
export const VerifyPanel = () => {
  const t = useWords(auditWords)
  const language = useLanguage()
  const [text, setText] = useState('')
  const [told, setTold] = useState({ entries: 0, total: 0 })
  const expect = expectedPlaces(text)
  const mistake =
    typeof expect === 'number' ? t('verify.expect-wrong', { line: expect }) : undefined
  const verify = useAct<AuditReport>((api) => {
    setTold({ entries: 0, total: 0 })
    const body = typeof expect === 'number' || expect.length === 0 ? {} : { expect }
    return api.work<AuditReport>('audit/verify', body, ({ entries, total }) => {
      setTold({ entries: Number(entries), total: Number(total) })
    })
  })
  const { entries, total } = told
  const counts = {
    done: formatNumber(entries, language),
    total: formatNumber(Math.max(entries, total), language),
  }
  return (
    <Panel title={t('verify.title')} extra={<LastVerification />}>
      <Typography.Paragraph type="secondary">{t('verify.lead')}</Typography.Paragraph>
      <Field label={t('verify.expect')} hint={t('verify.expect-hint')} mistake={mistake}>
        {(id, hint) => (
          <Input.TextArea
            id={id}
            aria-describedby={hint}
            className="mono"
            rows={2}
            value={text}
            onChange={(event) => {
              setText(event.target.value)
            }}
          />
        )}
      </Field>
      <RoleGate needs="audit">
        {(disabled) => (
          <Button
            type="primary"
            disabled={disabled || mistake !== undefined}
            loading={verify.isPending}
            onClick={() => {
              verify.mutate()
            }}
          >
            {t('verify.run')}
          </Button>
        )}
      </RoleGate>
      <div role="status" style={{ marginTop: 12 }}>
        {verify.isPending && (
          <>
            <Progress
              aria-label={t('verify.title')}
              percent={total === 0 ? 0 : Math.min(100, Math.floor((entries / total) * 100))}
            />
            {t('verify.progress', counts)}
          </>
        )}
        {verify.data && <Report report={verify.data} />}
      </div>
      {verify.error && <FailureNotice error={verify.error} />}
    </Panel>
  )
}

const LastVerification = () => {
  const t = useWords(auditWords)
  const s = useWords(sharedWords)
  const decision = useDecisionWords()
  const { data } = useRead<AdminSystem>('system')
  if (!data) return null
  const { verified } = data
  return (
    <Typography.Text type="secondary">
      {t('verify.last')}
      {s('colon')}
      {verified === null && t('verify.never')}
      {verified && (
        <>
          {decision(verified.decision)} · <Named what={verified.by} /> · <Time at={verified.at} />
        </>
      )}
    </Typography.Text>
  )
}

const Report = ({ report }: { report: AuditReport }) => {
  const t = useWords(auditWords)
  const language = useLanguage()
  const { intact, faults } = report
  const counts = t('verify.counts', {
    entries: formatNumber(report.entries, language),
    chains: formatNumber(report.chains, language),
  })
  return (
    <Alert
      type={intact ? 'success' : 'error'}
      showIcon
      title={intact ? t('verify.intact') : t('verify.broken', { n: faults.length })}
      description={
        <>
          <div>
            {counts} <AuditLink kind="audit.verify" subject="audit" />
          </div>
          {!intact && <div>{t('verify.broken-hint')}</div>}
          {faults.map(({ chainId, seq, what }) => (
            <div key={`${chainId} ${seq} ${what}`}>
              <span className="mono">
                {chainId}:{seq}
              </span>{' '}
              <span lang="en">{what}</span>
            </div>
          ))}
        </>
      }
    />
  )
}
