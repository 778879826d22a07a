import type { Permission } from '@sealcard/protocol/plain'
import { Tooltip } from 'antd'
import { type ReactElement, useId } from 'react'
import { sharedWords } from '../i18n/shared-words'
import { useWords } from '../i18n/words'
import { rolesThatMay, useMay } from '../session/use-session'

interface Props {
  needs: Permission
  /** Draws the control. @param disabled when the role may not use it */
  children: (disabled: boolean) => ReactElement
}

/** A control that the role may not use is shown disabled, and says which role may. */
export const RoleGate = ({ needs, children }: Props) => {
  const may = useMay(needs)
  const hint = useRoleHint(needs)
  const id = useId()
  if (may) return children(false)
  return (
    <Tooltip title={hint}>
      {/* A disabled control takes no focus: the keyboard reaches the reason here. */}
      <span tabIndex={0} role="group" aria-describedby={id} aria-disabled>
        {children(true)}
        <span id={id} hidden>
          {hint}
        </span>
      </span>
    </Tooltip>
  )
}

/** `需要角色：管理员或操作员` */
export const useRoleHint = (needs: Permission): string => {
  const t = useWords(sharedWords)
  const roles = rolesThatMay(needs).map((role) => t(`role.${role}`))
  return t('role.needs', { roles: roles.join(t('role.or')) })
}
