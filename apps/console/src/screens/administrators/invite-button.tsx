import type { AdminRole, InvitedAccount } from '@sealcard/protocol'
import { ROLES } from '@sealcard/protocol/plain'
import { Button, Input, Modal, Select } from 'antd'
import { type SyntheticEvent, useId, useState } from 'react'
import { useAct } from '../../api/hooks'
import { absoluteTime } from '../../i18n/format'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { FailureNotice } from '../../ui/failure-notice'
import { Field } from '../../ui/field'
import { RoleGate } from '../../ui/role-gate'
import { SecretOnce, setupLink } from './secret-once'
import { administratorsWords } from './words'

const NAMES = Object.keys(ROLES) as AdminRole[]

/** Makes an account; its holder gets a one-time link. */
export const InviteButton = () => {
  const t = useWords(administratorsWords)
  const s = useWords(sharedWords)
  const form = useId()
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [role, setRole] = useState<AdminRole>('operator')
  const [invited, setInvited] = useState<InvitedAccount>()
  const invite = useAct<InvitedAccount>((api) => api.send('POST', 'accounts', { name, role }))
  const close = () => {
    setOpen(false)
    setName('')
    invite.reset()
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (invite.isPending) return
    invite.mutate(undefined, {
      onSuccess: (made) => {
        close()
        setInvited(made)
      },
    })
  }
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
            {t('invite')}
          </Button>
        )}
      </RoleGate>
      <Modal
        open={isOpen}
        title={t('invite')}
        onCancel={close}
        destroyOnHidden
        closable={{ 'aria-label': s('close') }}
        cancelText={s('cancel')}
        okText={t('invite')}
        okButtonProps={{ htmlType: 'submit', form, loading: invite.isPending }}
      >
        <form id={form} onSubmit={submit}>
          <Field label={t('name')} hint={t('invite.name-hint')}>
            {(id, hint) => (
              <Input
                id={id}
                aria-describedby={hint}
                autoFocus
                required
                autoComplete="off"
                value={name}
                onChange={(event) => {
                  setName(event.target.value)
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
                options={NAMES.map((one) => ({ value: one, label: s(`role.${one}`) }))}
                onChange={setRole}
              />
            )}
          </Field>
          {invite.error && <FailureNotice error={invite.error} />}
        </form>
      </Modal>
      <SecretOnce
        title={invited?.account.name ?? ''}
        hint={t('secret.setup', { until: invited ? absoluteTime(invited.setup.expiresAt) : '' })}
        secret={invited && setupLink(invited.setup.token)}
        close={() => {
          setInvited(undefined)
        }}
      />
    </>
  )
}
