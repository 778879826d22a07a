import type { AdminAccount } from '@sealcard/protocol'
import { Button, Input } from 'antd'
import { type SyntheticEvent, useState } from 'react'
import { useLocation } from 'react-router'
import { useMutation } from '@tanstack/react-query'
import type { ApiFailure } from '../api/failure'
import { useWords } from '../i18n/words'
import { useServices } from '../services'
import { Field } from '../ui/field'
import { LoginFailure } from './login-failure'
import { isNewPassword, NewPassword, NO_PASSWORD } from './new-password'
import { sessionWords } from './words'

/** The one-time token is in the fragment: no server and no log sees it. @param done gets the password */
export const SetupForm = ({ done }: { done: (password: string) => void }) => {
  const { api, sessions } = useServices()
  const t = useWords(sessionWords)
  const { hash } = useLocation()
  const [token, setToken] = useState(decodeURIComponent(hash.slice(1)))
  const [name, setName] = useState('')
  const [typed, setTyped] = useState(NO_PASSWORD)
  const { password } = typed
  const setUp = useMutation<void, ApiFailure>({
    mutationFn: async () => {
      const given = name.trim()
      const account = await api.send<AdminAccount>('POST', 'setup', {
        token: token.trim(),
        password,
        ...(given !== '' && { name: given }),
      })
      await sessions.logIn({ name: account.name, password })
    },
    onSuccess: () => {
      done(password)
    },
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setUp.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Field label={t('setup.token')} hint={t('setup.token-hint')}>
        {(id, hint) => (
          <Input
            id={id}
            aria-describedby={hint}
            className="mono"
            required
            autoComplete="off"
            value={token}
            onChange={(event) => {
              setToken(event.target.value)
            }}
          />
        )}
      </Field>
      <Field label={t('login.name')} hint={t('setup.name-hint')}>
        {(id, hint) => (
          <Input
            id={id}
            aria-describedby={hint}
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
            value={name}
            onChange={(event) => {
              setName(event.target.value)
            }}
          />
        )}
      </Field>
      <NewPassword typed={typed} change={setTyped} />
      <LoginFailure error={setUp.error} rejected={t('setup.rejected')} />
      <Button
        type="primary"
        htmlType="submit"
        loading={setUp.isPending}
        disabled={token.trim() === '' || !isNewPassword(typed)}
        style={{ marginTop: 12 }}
      >
        {t('setup.submit')}
      </Button>
    </form>
  )
}
