import { Input } from 'antd'
import { useWords } from '../i18n/words'
import { Field } from '../ui/field'
import { sessionWords } from './words'

/** Characters; the service asks for as many. */
const SHORTEST = 12

export interface TypedTwice {
  password: string
  again: string
}

export const NO_PASSWORD: TypedTwice = { password: '', again: '' }

/** Whether the service would take it. */
export const isNewPassword = ({ password, again }: TypedTwice): boolean =>
  Array.from(password).length >= SHORTEST && again === password

interface Props {
  typed: TypedTwice
  change: (typed: TypedTwice) => void
}

/** A new password, typed twice. */
export const NewPassword = ({ typed, change }: Props) => {
  const t = useWords(sessionWords)
  const { password, again } = typed
  const differ = again !== '' && again !== password
  return (
    <>
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
              change({ ...typed, password: event.target.value })
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
              change({ ...typed, again: event.target.value })
            }}
          />
        )}
      </Field>
    </>
  )
}
