import type { DoctorFinding, DoctorReport } from '@sealcard/protocol'
import { Button, Checkbox, Flex, Typography } from 'antd'
import { useState } from 'react'
import { useAct } from '../../api/hooks'
import { sharedWords } from '../../i18n/shared-words'
import { useLanguage, useWords } from '../../i18n/words'
import { FailureNotice } from '../../ui/failure-notice'
import { Panel } from '../../ui/panel'
import { RoleGate } from '../../ui/role-gate'
import { State } from '../../ui/state'
import { Time } from '../../ui/time'
import { healthWords } from './words'

/** What `sealcard doctor` finds, asked from here. */
export const DoctorPanel = () => {
  const t = useWords(healthWords)
  const [thorough, setThorough] = useState(false)
  const [check, setCheck] = useState('')
  const doctor = useAct<DoctorReport>((api) =>
    api.work<DoctorReport>('doctor', { thorough }, (progress) => {
      setCheck(String(progress['check']))
    }),
  )
  const report = doctor.data
  return (
    <Panel
      title={t('doctor.title')}
      extra={
        <RoleGate needs="manage">
          {(disabled) => (
            <Flex component="span" gap={12} align="center" wrap>
              <Checkbox
                disabled={disabled}
                checked={thorough}
                onChange={({ target }) => {
                  setThorough(target.checked)
                }}
              >
                {t('doctor.thorough')}
              </Checkbox>
              <Button
                type="primary"
                disabled={disabled}
                loading={doctor.isPending}
                onClick={() => {
                  setCheck('')
                  doctor.mutate()
                }}
              >
                {t('doctor.run')}
              </Button>
            </Flex>
          )}
        </RoleGate>
      }
    >
      {doctor.isPending && (
        <Typography.Paragraph role="status">{t('doctor.running', { check })}</Typography.Paragraph>
      )}
      {doctor.error && <FailureNotice error={doctor.error} />}
      {report ? (
        <Report report={report} />
      ) : (
        !doctor.isPending && <Typography.Text type="secondary">{t('doctor.intro')}</Typography.Text>
      )}
    </Panel>
  )
}

const STATUSES = ['wrong', 'warning', 'ok'] as const
const KINDS = { wrong: 'bad', warning: 'waiting', ok: 'good' } as const

const Report = ({ report: { at, well, findings } }: { report: DoctorReport }) => {
  const t = useWords(healthWords)
  const of = (status: DoctorFinding['status']) => findings.filter((one) => one.status === status)
  const [wrong, warning, ok] = STATUSES.map((status) => of(status).length) as [
    number,
    number,
    number,
  ]
  return (
    <>
      <Typography.Paragraph>
        {well && (
          <>
            <State kind="good">{t('doctor.well')}</State> ·{' '}
          </>
        )}
        {t('doctor.counts', { wrong, warning, ok })} · <Time at={at} />
      </Typography.Paragraph>
      <Findings findings={[...of('wrong'), ...of('warning')]} />
      {ok > 0 && (
        <details>
          <summary>{t('doctor.fine', { n: ok })}</summary>
          <Findings findings={of('ok')} />
        </details>
      )}
    </>
  )
}

const Findings = ({ findings }: { findings: DoctorFinding[] }) => (
  <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
    {findings.map((finding, i) => (
      <li key={`${finding.check} ${finding.code} ${i}`} style={{ padding: '8px 0' }}>
        <Finding finding={finding} />
      </li>
    ))}
  </ul>
)

/** The doctor says figures and names in English alone. So its own line stays below the Chinese one. */
const Finding = ({
  finding: { status, check, about, what, todo, zh },
}: {
  finding: DoctorFinding
}) => {
  const t = useWords(healthWords)
  const s = useWords(sharedWords)
  const language = useLanguage()
  const said = language === 'zh' ? zh : undefined
  const advice = said ? said.todo : todo
  return (
    <>
      <State kind={KINDS[status]}>{t(`doctor.${status}`)}</State>{' '}
      <span className="mono">{about === undefined ? check : `${check} ${about}`}</span>
      {said ? <div>{said.what}</div> : <div lang="en">{what}</div>}
      {advice !== undefined && (
        <div>
          {t('doctor.todo')}
          {s('colon')}
          {said ? advice : <span lang="en">{advice}</span>}
        </div>
      )}
      {said && (
        <div lang="en" style={{ fontSize: 12 }}>
          <Typography.Text type="secondary">{what}</Typography.Text>
        </div>
      )}
    </>
  )
}
