import type { AdminApps, CreatedAutomationToken, TokenRole } from '@sealcard/protocol'
import { ROLES } from '@sealcard/protocol/plain'
import { Button, Input, InputNumber, Modal, Select } from 'antd'
import { type SyntheticEvent, useId, useState } from 'react'
import { useAct, useRead } from '../../api/hooks'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { useServices } from '../../services'
import { FailureNotice } from '../../ui/failure-notice'
import { Field } from '../../ui/field'
import { RoleGate } from '../../ui/role-gate'
import { SecretOnce } from './secret-once'
import { administratorsWords } from './words'

const DAY_MS = 86_400_000
const TOKEN_ROLES: TokenRole[] = [...(Object.keys(ROLES) as TokenRole[]), 'server']
const BLANK = { name: '', role: 'auditor' as TokenRole, app: null as string | null, days: 90 }

/** Makes a token, and shows it once. */
export const MakeTokenButton = () => {
  const t = useWords(administratorsWords)
  const s = useWords(sharedWords)
  const { now } = useServices()
  const apps = useRead<AdminApps>('apps')
  const form = useId()
  const [isOpen, setOpen] = useState(false)
  const [{ name, role, app, days }, setDraft] = useState(BLANK)
  const [made, setMade] = useState<CreatedAutomationToken>()
  const change = (part: Partial<typeof BLANK>) => {
    setDraft((draft) => ({ ...draft, ...part }))
  }
  const make = useAct<CreatedAutomationToken>((api) =>
    api.send('POST', 'tokens', {
      name,
      role,
      ...(role === 'server' && { app }),
      expiresAt: new Date(now() + days * DAY_MS).toISOString(),
    }),
  )
  const close = () => {
    setOpen(false)
    setDraft(BLANK)
    make.reset()
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (make.isPending) return
    make.mutate(undefined, {
      onSuccess: (token) => {
        close()
        setMade(token)
      },
    })
  }
  const roleName = (one: TokenRole) => (one === 'server' ? t('role.server') : s(`role.${one}`))
  return (
    <>
      <RoleGate needs="manage">
        {(disabled) => (
          <Button
            type="primary"
            disabled={disabled}
            onClick={() => {
              setOpen(true)
            }}
          >
            {t('token.make')}
          </Button>
        )}
      </RoleGate>
      <Modal
        open={isOpen}
        title={t('token.make')}
        onCancel={close}
        destroyOnHidden
        closable={{ 'aria-label': s('close') }}
        cancelText={s('cancel')}
        okText={t('token.make')}
        okButtonProps={{
          htmlType: 'submit',
          form,
          loading: make.isPending,
          disabled: name.trim() === '' || (role === 'server' && app === null),
        }}
      >
        <form id={form} onSubmit={submit}>
          <Field label={t('name')} hint={t('token.name-hint')}>
            {(id, hint) => (
              <Input
                id={id}
                aria-describedby={hint}
                autoFocus
                required
                maxLength={64}
                autoComplete="off"
                value={name}
                onChange={(event) => {
                  change({ name: event.target.value })
                }}
              />
            )}
          </Field>
          <Field label={t('role')} hint={t(`role.${role}-means`)}>
            {(id, hint) => (
              <Select
                id={id}
                aria-label={t('role')}
                aria-describedby={hint}
                value={role}
                style={{ width: '100%' }}
                options={TOKEN_ROLES.map((one) => ({ value: one, label: roleName(one) }))}
                onChange={(one) => {
                  change({ role: one })
                }}
              />
            )}
          </Field>
          {role === 'server' && (
            <Field label={t('token.app')} hint={t('token.app-hint')}>
              {(id, hint) => (
                <Select
                  id={id}
                  aria-label={t('token.app')}
                  aria-describedby={hint}
                  value={app}
                  placeholder={t('token.app-choose')}
                  loading={apps.isPending}
                  notFoundContent={t('token.app-none')}
                  style={{ width: '100%' }}
                  options={(apps.data?.items ?? []).map((one) => ({
                    value: one.id,
                    label: one.id,
                  }))}
                  onChange={(one) => {
                    change({ app: one })
                  }}
                />
              )}
            </Field>
          )}
          <Field label={t('token.days')}>
            {(id) => (
              <InputNumber
                id={id}
                min={1}
                max={366}
                value={days}
                onChange={(n) => {
                  change({ days: n ?? BLANK.days })
                }}
              />
            )}
          </Field>
          {make.error && <FailureNotice error={make.error} />}
        </form>
      </Modal>
      <SecretOnce
        title={made?.name ?? ''}
        hint={t('secret.token')}
        secret={made?.token}
        close={() => {
          setMade(undefined)
        }}
      />
    </>
  )
}
