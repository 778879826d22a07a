import type { ReactNode, Ref } from 'react'

interface Props {
  children: ReactNode
  kind?: 'primary' | 'plain' | 'danger'
  type?: 'button' | 'submit'
  /** Work is under way: the button stays in the order of the keyboard, and does nothing. */
  busy?: boolean
  disabled?: boolean
  onClick?: () => void
  ref?: Ref<HTMLButtonElement>
}

/** A full-width button. */
export const ActionButton = ({
  children,
  kind = 'primary',
  type = 'button',
  busy = false,
  disabled = false,
  onClick,
  ref,
}: Props) => (
  <button
    ref={ref}
    type={type}
    className={`action action--${kind}`}
    disabled={disabled}
    aria-disabled={busy || undefined}
    onClick={(event) => {
      if (busy) event.preventDefault()
      else onClick?.()
    }}
  >
    {children}
  </button>
)
