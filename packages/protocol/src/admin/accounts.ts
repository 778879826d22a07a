import { z } from 'zod'
import { id, utc } from '../text.js'
import { AdminName, AdminRole } from './login.js'
import { ActReason } from './reason.js'

export const AdminAccount = z.object({
  id,
  name: z.string(),
  role: AdminRole,
  /** Whether it has its second factor. */
  enrolled: z.boolean(),
  createdAt: utc,
  /** `admin:<id>`, `token:<id>`, `cli`, or `setup` for the first one. */
  createdBy: z.string(),
  lastLoginAt: utc.nullable(),
  disabledAt: utc.nullable(),
})
export type AdminAccount = z.infer<typeof AdminAccount>

/** `GET /v1/admin/accounts`; all of them, by name. */
export const AdminAccounts = z.object({ items: z.array(AdminAccount) })
export type AdminAccounts = z.infer<typeof AdminAccounts>

/** A live login of an account; never its cookie. */
export const AdminLoginSession = z.object({
  id,
  createdAt: utc,
  /** The last request. */
  seenAt: utc,
  /** When it ends at the latest; half an hour without a request ends it, too. */
  expiresAt: utc,
  /** It is the caller's own. */
  current: z.boolean(),
})
export type AdminLoginSession = z.infer<typeof AdminLoginSession>

/** `GET /v1/admin/accounts/:id/sessions`, the latest first */
export const AdminLoginSessions = z.object({ items: z.array(AdminLoginSession) })
export type AdminLoginSessions = z.infer<typeof AdminLoginSessions>

/** What ended with a change of an account: its logins, and the tokens and unused invitations that it made. */
export const EndedWithAccount = z.object({
  logins: z.int(),
  tokens: z.int(),
  invitations: z.int(),
})
export type EndedWithAccount = z.infer<typeof EndedWithAccount>

/** `POST /v1/admin/accounts/:id/disable`, `/enable` and `/role` */
export const ChangedAccount = AdminAccount.extend({ ended: EndedWithAccount })
export type ChangedAccount = z.infer<typeof ChangedAccount>

/** `POST /v1/admin/accounts` */
export const CreateAdminAccount = z.strictObject({
  name: AdminName,
  role: AdminRole,
  reason: ActReason.optional(),
})
export type CreateAdminAccount = z.infer<typeof CreateAdminAccount>

/** `POST /v1/admin/accounts/:id/role` */
export const ChangeRole = z.strictObject({ role: AdminRole, reason: ActReason.optional() })
export type ChangeRole = z.infer<typeof ChangeRole>

/** For the account's holder: sets the password at `POST /v1/admin/setup`, once. Shown only here. */
export const SetupToken = z.object({ token: z.string(), expiresAt: utc })
export type SetupToken = z.infer<typeof SetupToken>

export const InvitedAccount = z.object({ account: AdminAccount, setup: SetupToken })
export type InvitedAccount = z.infer<typeof InvitedAccount>

/** `POST /v1/admin/accounts/:id/reset` */
export const ResetAccount = InvitedAccount.extend({ ended: EndedWithAccount })
export type ResetAccount = z.infer<typeof ResetAccount>
