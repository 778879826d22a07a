import { Input } from 'antd'
import type { ReactNode } from 'react'
import { Field } from '../ui/field'

interface Props {
  label: string
  hint?: ReactNode
  code: string
  /** @param code without blanks */
  change: (code: string) => void
  autoFocus?: boolean
}

/** The six digits of an authenticator. It shows them as `123 456`, and they may be typed so. */
export const CodeField = ({ label, hint, code, change, autoFocus = false }: Props) => (
  <Field label={label} hint={hint}>
    {(id, described) => (
      <Input
        id={id}
        aria-describedby={described}
        name="totp"
        autoFocus={autoFocus}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={7}
        value={code}
        onChange={(event) => {
          change(event.target.value.replace(/\s/g, ''))
        }}
      />
    )}
  </Field>
)
