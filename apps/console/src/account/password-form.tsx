import type { AdminSession } from '@sealcard/protocol'
import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type SyntheticEvent, useState } from 'react'
import type { ApiFailure } from '../api/failure'
import { useWords } from '../i18n/words'
import { LoginFailure } from '../login/login-failure'
import { isNewPassword, NewPassword, NO_PASSWORD } from '../login/new-password'
import { useServices } from '../services'
import { Field } from '../ui/field'
import { accountWords } from './words'

/** Changes the password. The service ends every login of the account, and begins a new one here. */
export const PasswordForm = ({ done }: { done: () => void }) => {
  const { api, sessions } = useServices()
  const t = useWords(accountWords)
  const [password, setPassword] = useState('')
  const [typed, setTyped] = useState(NO_PASSWORD)
  const change = useMutation<AdminSession, ApiFailure>({
    mutationFn: () =>
      api.send('POST', 'session/password', { password, newPassword: typed.password }),
    onSuccess: (session) => {
      sessions.replace(session)
      setPassword('')
      setTyped(NO_PASSWORD)
      done()
    },
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Field label={t('password.now')}>
        {(id) => (
          <Input.Password
            id={id}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => {
              setPassword(event.target.value)
            }}
          />
        )}
      </Field>
      <NewPassword typed={typed} change={setTyped} />
      <LoginFailure error={change.error} rejected={t('password.wrong')} />
      <Button
        type="primary"
        htmlType="submit"
        loading={change.isPending}
        disabled={password === '' || !isNewPassword(typed)}
        style={{ marginTop: 12 }}
      >
        {t('password.submit')}
      </Button>
    </form>
  )
}
