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
