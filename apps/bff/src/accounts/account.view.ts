import type {
  ResetAccount,
  ChangedAccount,
  AdminAccount,
  AdminLoginSession,
  AdminSession,
  AutomationToken,
  InvitedAccount,
} from '@sealcard/protocol'
import { wireTime, wireTimeOrNull } from '../core/time.js'
import type { AdminAccountEntity } from './admin-account.entity.js'
import type { Changed, Invited, Reset } from './admin-accounts.service.js'
import { ABSOLUTE_MS, type AdminSessionEntity, type OpenedSession } from './admin-sessions.js'
import type { AutomationTokenEntity } from './automation-token.entity.js'

export const accountView = (account: AdminAccountEntity): AdminAccount => ({
  id: account.id,
  name: account.name,
  role: account.role,
  enrolled: account.sealedTotp !== null,
  createdAt: wireTime(account.createdAt),
  createdBy: account.createdBy,
  lastLoginAt: wireTimeOrNull(account.lastLoginAt),
  disabledAt: wireTimeOrNull(account.disabledAt),
})

export const invitedView = ({ account, setup }: Invited): InvitedAccount => ({
  account: accountView(account),
  setup: { token: setup.token, expiresAt: wireTime(setup.expiresAt) },
})

export const changedView = ({ account, ended }: Changed): ChangedAccount => ({
  ...accountView(account),
  ended,
})

export const resetView = ({ ended, ...invited }: Reset): ResetAccount => ({
  ...invitedView(invited),
  ended,
})

export const tokenView = (token: AutomationTokenEntity): AutomationToken => ({
  id: token.id,
  name: token.name,
  role: token.role,
  ...(token.appId !== null && { app: token.appId }),
  createdAt: wireTime(token.createdAt),
  createdBy: token.createdBy,
  expiresAt: wireTime(token.expiresAt),
  lastUsedAt: wireTimeOrNull(token.lastUsedAt),
  revokedAt: wireTimeOrNull(token.revokedAt),
})

/** @param own the id of the caller's login */
export const loginSessionView = (
  { id, createdAt, seenAt }: AdminSessionEntity,
  own: string | undefined,
): AdminLoginSession => ({
  id,
  createdAt: wireTime(createdAt),
  seenAt: wireTime(seenAt),
  expiresAt: wireTime(createdAt + ABSOLUTE_MS),
  current: id === own,
})

/** @param enrolled whether the account has its second factor by now */
export const loginView = (
  { name, role }: Pick<AdminAccountEntity, 'name' | 'role'>,
  { csrf, endsAt }: Pick<OpenedSession, 'csrf' | 'endsAt'>,
  enrolled: boolean,
): AdminSession => ({ kind: 'account', name, role, expiresAt: wireTime(endsAt), csrf, enrolled })
