import type { AdminAccount } from '@sealcard/protocol'
import { Alert, Button, Input } from 'antd'
import { type SyntheticEvent, useState } from 'react'
import { useLocation } from 'react-router'
import { useMutation } from '@tanstack/react-query'
import type { ApiFailure } from '../api/failure'
import { useWords } from '../i18n/words'
import { useServices } from '../services'
import { FailureNotice } from '../ui/failure-notice'
import { Field } from '../ui/field'
import { sessionWords } from './words'

const SHORTEST = 12

/** The one-time token is in the fragment: no server and no log sees it. @param done gets the password */
export const SetupForm = ({ done }: { done: (password: string) => void }) => {
  const { api, sessions } = useServices()
  const t = useWords(sessionWords)
  const { hash } = useLocation()
  const [token, setToken] = useState(decodeURIComponent(hash.slice(1)))
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
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
  const differ = again !== '' && again !== password
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setUp.mutate()
  }
  const { error } = setUp
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
      <Field label={t('setup.password')} hint={t('setup.password-hint')}>
        {(id, hint) => (
          <Input.Password
            id={id}
            aria-describedby={hint}
            autoComplete="new-password"
            required
            minLength={SHORTEST}
            value={password}
            onChange={(event) => {
              setPassword(event.target.value)
            }}
          />
        )}
      </Field>
      <Field label={t('setup.again')} mistake={differ ? t('setup.differ') : undefined}>
        {(id, hint) => (
          <Input.Password
            id={id}
            aria-describedby={hint}
            autoComplete="new-password"
            required
            value={again}
            onChange={(event) => {
              setAgain(event.target.value)
            }}
          />
        )}
      </Field>
      {error &&
        (error.code === 'ERR_LOGIN_REJECTED' ? (
          <Alert type="error" showIcon role="alert" title={t('setup.rejected')} />
        ) : (
          <FailureNotice error={error} />
        ))}
      <Button
        type="primary"
        htmlType="submit"
        loading={setUp.isPending}
        disabled={
          token.trim() === '' || Array.from(password).length < SHORTEST || again !== password
        }
        style={{ marginTop: 12 }}
      >
        {t('setup.submit')}
      </Button>
    </form>
  )
}
