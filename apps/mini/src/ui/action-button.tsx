import { Button, type ButtonProps } from '@tarojs/components'
import { aria } from './aria'
import './action-button.css'

interface Props extends Pick<ButtonProps, 'openType'> {
  id: string
  children: string
  kind?: 'primary' | 'plain' | 'danger'
  disabled?: boolean
  onClick?: () => void
}

/** A full-width button. The platform's own button, so that it is announced and can share. */
export const ActionButton = ({
  id,
  children,
  kind = 'primary',
  disabled = false,
  ...rest
}: Props) => (
  <Button
    id={id}
    className={`action action--${kind} ${disabled ? 'action--disabled' : ''}`}
    hoverClass="action--pressed"
    disabled={disabled}
    {...aria({ label: children, disabled })}
    {...rest}
  >
    {children}
  </Button>
)
