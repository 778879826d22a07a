import { Button, Input } from 'antd'
import { type SyntheticEvent, useState } from 'react'
import { type ApiFailure, failureOf } from '../api/failure'
import { useWords } from '../i18n/words'
import { useServices } from '../services'
import { Field } from '../ui/field'
import { CodeField } from './code-field'
import { LoginFailure } from './login-failure'
import { sessionWords } from './words'

interface Props {
  /** The account that was logged in. */
  name?: string
  after?: () => void
}

/** Name, password and one-time code together: the service judges them together, too. */
export const LoginForm = ({ name: before = '', after }: Props) => {
  const { sessions } = useServices()
  const t = useWords(sessionWords)
  const [name, setName] = useState(before)
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  const [error, setError] = useState<ApiFailure>()
  const [busy, setBusy] = useState(false)

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    sessions
      .logIn({ name: name.trim(), password, ...(totp !== '' && { totp }) })
      .then(after, (failed: unknown) => {
        setBusy(false)
        setTotp('')
        setError(failureOf(failed))
      })
  }

  return (
    <form onSubmit={submit}>
      <Field label={t('login.name')}>
        {(id) => (
          <Input
            id={id}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            autoFocus={before === ''}
            required
            value={name}
            onChange={(event) => {
              setName(event.target.value)
            }}
          />
        )}
      </Field>
      <Field label={t('login.password')}>
        {(id) => (
          <Input.Password
            id={id}
            name="password"
            autoComplete="current-password"
            autoFocus={before !== ''}
            required
            value={password}
            onChange={(event) => {
              setPassword(event.target.value)
            }}
          />
        )}
      </Field>
      <CodeField label={t('login.totp')} hint={t('login.totp-hint')} code={totp} change={setTotp} />
      <LoginFailure error={error} rejected={t('login.rejected')} />
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={busy}
        disabled={name.trim() === '' || password === ''}
        style={{ marginTop: 12 }}
      >
        {t('login.submit')}
      </Button>
    </form>
  )
}
