import type { AdminSession } from '@sealcard/protocol'
import { type Permission, ROLES } from '@sealcard/protocol/plain'
import { useServices } from '../services'
import { useStore } from '../store'

/** Who is logged in. Only below the shell. */
export const useSession = (): AdminSession => {
  const state = useStore(useServices().sessions.state)
  if (!('session' in state)) throw new TypeError('nobody is logged in')
  return state.session
}

type Role = keyof typeof ROLES
const allows = (role: Role, permission: Permission): boolean =>
  (ROLES[role] as readonly Permission[]).includes(permission)

/** Whether the role of who is logged in has the permission. */
export const useMay = (permission: Permission): boolean => allows(useSession().role, permission)

export const rolesThatMay = (permission: Permission): Role[] =>
  (Object.keys(ROLES) as Role[]).filter((role) => allows(role, permission))
