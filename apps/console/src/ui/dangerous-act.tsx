import type { ActKind, Permission } from '@sealcard/protocol/plain'
import { Alert, App, Button, Flex, Input, Modal, Spin } from 'antd'
import { type SyntheticEvent, type ReactNode, useId, useState } from 'react'
import { Link } from 'react-router'
import type { Api } from '../api/api'
import { useAct } from '../api/hooks'
import { sharedWords } from '../i18n/shared-words'
import { useWords } from '../i18n/words'
import { FailureNotice } from './failure-notice'
import { RoleGate } from './role-gate'

export interface DangerousActProps<T> {
  /** On the button, and the heading. */
  label: string
  needs: Permission
  /** What will happen, in numbers. Undefined while it is being counted. */
  effect: ReactNode
  /** What stays as it is afterwards, for good. */
  forGood?: ReactNode
  /** The name or the count that has to be typed; left out where one press may be taken back. */
  type?: string
  /** The reason is part of it. @throws ApiFailure */
  run: (api: Api, reason: string) => Promise<T>
  /** What happened, in words. */
  done: (result: T) => string
  /** Which entry of the audit it made. */
  audit: { kind: ActKind; subject?: string }
  after?: () => void
  /** Called when the dialog opens, e.g. to begin a count. */
  onOpen?: () => void
  size?: 'small' | 'middle'
}

const REASONS = ['wrong-person', 'leak', 'left', 'request'] as const

/** An act that others feel: it shows its effect, wants a reason, and its answer leads to the entry of the audit. */
export const DangerousAct = <T,>(props: DangerousActProps<T>) => {
  const { label, needs, effect, forGood, type, run, done, audit, after, onOpen, size } = props
  const t = useWords(sharedWords)
  const { notification } = App.useApp()
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const ids = { form: useId(), reason: useId(), typed: useId() }
  const act = useAct<T, string>((api, why) => run(api, why))
  const ready =
    reason.trim() !== '' && (type === undefined || typed.trim() === type) && effect !== undefined

  const close = () => {
    setOpen(false)
    setReason('')
    setTyped('')
    act.reset()
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!ready || act.isPending) return
    act.mutate(reason.trim(), {
      onSuccess: (result) => {
        close()
        notification.success({
          title: t('act.done'),
          description: (
            <>
              {done(result)} <AuditLink {...audit} />
            </>
          ),
          duration: 10,
        })
        after?.()
      },
    })
  }

  return (
    <>
      <RoleGate needs={needs}>
        {(disabled) => (
          <Button
            danger
            {...(size && { size })}
            disabled={disabled}
            onClick={() => {
              onOpen?.()
              setOpen(true)
            }}
          >
            {label}
          </Button>
        )}
      </RoleGate>
      <Modal
        open={isOpen}
        title={label}
        onCancel={close}
        destroyOnHidden
        closable={{ 'aria-label': t('close') }}
        cancelText={t('cancel')}
        okText={label}
        okButtonProps={{
          danger: true,
          disabled: !ready,
          loading: act.isPending,
          htmlType: 'submit',
          form: ids.form,
        }}
      >
        <form id={ids.form} onSubmit={submit}>
          <Flex vertical gap={12}>
            <Alert
              type="warning"
              showIcon
              title={t('act.effect')}
              description={
                effect ?? (
                  <span role="status">
                    <Spin size="small" /> {t('act.counting')}
                  </span>
                )
              }
            />
            {forGood && <Alert type="error" showIcon title={t('act.undo')} description={forGood} />}
            <div>
              <label htmlFor={ids.reason}>{t('act.reason')}</label>
              <Input
                id={ids.reason}
                autoFocus
                maxLength={150}
                value={reason}
                required
                onChange={(event) => {
                  setReason(event.target.value)
                }}
              />
              <Flex gap={4} wrap role="group" aria-label={t('act.reason-pick')}>
                {REASONS.map((one) => (
                  <Button
                    key={one}
                    size="small"
                    type="dashed"
                    style={{ marginTop: 6 }}
                    onClick={() => {
                      setReason(t(`reason.${one}`))
                      // Enter confirms from here.
                      document.getElementById(ids.reason)?.focus()
                    }}
                  >
                    {t(`reason.${one}`)}
                  </Button>
                ))}
              </Flex>
            </div>
            {type !== undefined && (
              <div>
                <label htmlFor={ids.typed}>{t('act.type', { what: type })}</label>
                <Input
                  id={ids.typed}
                  autoComplete="off"
                  value={typed}
                  onChange={(event) => {
                    setTyped(event.target.value)
                  }}
                />
              </div>
            )}
            {act.error && <FailureNotice error={act.error} />}
          </Flex>
        </form>
      </Modal>
    </>
  )
}

/** To the entry of the audit that an act made. */
export const AuditLink = ({ kind, subject }: { kind: ActKind; subject?: string }) => {
  const t = useWords(sharedWords)
  const query = new URLSearchParams({ kind, ...(subject && { subject }) })
  return (
    <Link
      to={`/audit?${query.toString()}`}
      // It stands in notices of every colour, where the blue of a link is too pale.
      style={{ color: 'inherit', textDecoration: 'underline' }}
    >
      {t('act.audit')}
    </Link>
  )
}
