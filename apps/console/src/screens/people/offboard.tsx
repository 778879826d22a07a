import type { ListedViewer, Offboard, Offboarded } from '@sealcard/protocol'
import { Alert, Button, Checkbox, Flex, Input, Modal, Steps } from 'antd'
import { useState } from 'react'
import { useAct } from '../../api/hooks'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { AuditLink } from '../../ui/dangerous-act'
import { FailureNotice } from '../../ui/failure-notice'
import { Field } from '../../ui/field'
import { RoleGate } from '../../ui/role-gate'
import { type Choices, OffboardCounts, OffboardPreview } from './offboard-preview'
import { reportOf } from './offboard-report'
import { peopleWords } from './words'

const USUAL: Choices = { revokeCards: true, block: true, erase: false }
const OPTIONS = [
  { name: 'revokeCards', words: 'offboard.revoke', needs: 'revoke' },
  { name: 'block', words: 'offboard.block', needs: 'revoke' },
  { name: 'erase', words: 'offboard.erase', needs: 'manage' },
] as const

export const OffboardButton = ({ person }: { person: ListedViewer }) => {
  const t = useWords(peopleWords)
  const [open, setOpen] = useState(false)
  return (
    <>
      <RoleGate needs="revoke">
        {(disabled) => (
          <Button
            danger
            type="primary"
            disabled={disabled}
            onClick={() => {
              setOpen(true)
            }}
          >
            {t('offboard')}
          </Button>
        )}
      </RoleGate>
      {open && (
        <OffboardWizard
          person={person}
          close={() => {
            setOpen(false)
          }}
        />
      )}
    </>
  )
}

/** Choose with a preview, confirm with a reason, and a report. */
const OffboardWizard = ({ person, close }: { person: ListedViewer; close: () => void }) => {
  const t = useWords(peopleWords)
  const s = useWords(sharedWords)
  const [step, setStep] = useState(0)
  const [choices, setChoices] = useState(USUAL)
  const [reason, setReason] = useState(t('offboard.reason-usual'))
  const path = `viewers/${person.id}/offboard`
  const act = useAct<Offboarded, Offboard>((api, body) => api.send('POST', path, body))
  const run = () => {
    if (act.isPending || reason.trim() === '') return
    act.mutate(
      { ...choices, reason: reason.trim() },
      {
        onSuccess: () => {
          setStep(2)
        },
      },
    )
  }
  const footer = [
    <Button
      key="next"
      type="primary"
      onClick={() => {
        setStep(1)
      }}
    >
      {t('offboard.next')}
    </Button>,
    <Flex key="run" gap={8} justify="end">
      <Button
        onClick={() => {
          setStep(0)
        }}
      >
        {t('offboard.back')}
      </Button>
      <Button
        danger
        type="primary"
        loading={act.isPending}
        disabled={reason.trim() === ''}
        onClick={run}
      >
        {t('offboard.run')}
      </Button>
    </Flex>,
    <Button key="close" type="primary" onClick={close}>
      {s('close')}
    </Button>,
  ][step]
  const steps = ['offboard.choose', 'offboard.confirm', 'offboard.report'] as const
  const who = `${person.name ?? s('person.nameless')} ${person.code}`
  return (
    <Modal
      open
      width={640}
      title={t('offboard.title', { who })}
      closable={{ 'aria-label': s('close') }}
      mask={{ closable: false }}
      onCancel={close}
      footer={footer}
    >
      <Flex vertical gap={16}>
        <Steps size="small" current={step} items={steps.map((name) => ({ title: t(name) }))} />
        {step === 0 &&
          OPTIONS.map(({ name, words, needs }) => (
            <RoleGate key={name} needs={needs}>
              {(disabled) => (
                <Checkbox
                  disabled={disabled}
                  checked={choices[name] ?? false}
                  onChange={({ target: { checked } }) => {
                    setChoices({ ...choices, [name]: checked })
                  }}
                >
                  {t(words)}
                </Checkbox>
              )}
            </RoleGate>
          ))}
        {step < 2 && <OffboardPreview path={path} choices={choices} />}
        {step === 1 && (
          <>
            <Alert type="warning" showIcon title={t('offboard.for-good')} />
            <Field label={t('offboard.reason')}>
              {(id) => (
                <Input
                  id={id}
                  required
                  maxLength={150}
                  value={reason}
                  onChange={({ target }) => {
                    setReason(target.value)
                  }}
                />
              )}
            </Field>
            {act.error && <FailureNotice error={act.error} />}
          </>
        )}
        {step === 2 && act.data && (
          <section role="status">
            <Alert type="success" showIcon title={t('offboard.finished')} />
            <OffboardCounts result={act.data} />
            <Flex gap={16} style={{ marginTop: 12 }}>
              <a href={reportOf(person, act.data, t)} download={`offboard-${person.code}.csv`}>
                {t('offboard.download')}
              </a>
              <AuditLink kind="viewer.offboard" subject={person.id} />
            </Flex>
          </section>
        )}
      </Flex>
    </Modal>
  )
}
