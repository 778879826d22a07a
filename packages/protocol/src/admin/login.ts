import { z } from 'zod'
import { text, utc } from '../text.js'

export const AdminRole = z.enum(['admin', 'operator', 'auditor'])
export type AdminRole = z.infer<typeof AdminRole>

/** By which an administrator logs in; lower case. */
export const AdminName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._@-]{0,63}$/,
    'must be 1 to 64 of a-z, 0-9, ".", "_", "@", "-", and begin with a letter or digit',
  )

/** A new password. Any characters; long rather than intricate. */
export const NewPassword = text(12, 128)

const GivenPassword = text(1, 128)
const OneTimeCode = z.string().regex(/^\d{6}$/, 'must be 6 digits')

/** A 256-bit secret of ours that is shown once. */
const OneTimeToken = z.string().regex(/^[\w-]{43}$/, 'must be the token as it was shown')

/** `POST /v1/admin/session` */
export const AdminLogin = z.strictObject({
  name: text(1, 64),
  password: GivenPassword,
  /** The six digits; needed once the account has its second factor. */
  totp: OneTimeCode.optional(),
})
export type AdminLogin = z.infer<typeof AdminLogin>

/** Who is calling. */
export const AdminSession = z.object({
  kind: z.enum(['account', 'token']),
  name: z.string(),
  role: AdminRole,
  /** When the login or the token ends at the latest; null for the token that the configuration holds. */
  expiresAt: utc.nullable(),
  /** Only with a login: goes into the header `X-CSRF-Token` of every request that is not a GET. */
  csrf: z.string().optional(),
  /** Only with a login: false while the account lacks its second factor, and can do nothing but get one. */
  enrolled: z.boolean().optional(),
})
export type AdminSession = z.infer<typeof AdminSession>

/** `POST /v1/admin/setup`: the holder of a one-time token sets the password. */
export const AdminSetup = z.strictObject({
  token: OneTimeToken,
  /** For the first account; a token for an existing account knows its name. */
  name: AdminName.optional(),
  password: NewPassword,
})
export type AdminSetup = z.infer<typeof AdminSetup>

/** `POST /v1/admin/session/password` */
export const ChangePassword = z.strictObject({ password: GivenPassword, newPassword: NewPassword })
export type ChangePassword = z.infer<typeof ChangePassword>

/** `POST /v1/admin/session/totp` */
export const BeginEnrolment = z.strictObject({
  password: GivenPassword,
  /** Of the second factor that is being replaced, if there is one. */
  totp: OneTimeCode.optional(),
})
export type BeginEnrolment = z.infer<typeof BeginEnrolment>

/** The second factor to be, shown once. It counts when a code of it has come back. */
export const Enrolment = z.object({
  /** Base32. */
  secret: z.string(),
  /** `otpauth://totp/…`, for a QR code. */
  uri: z.string(),
})
export type Enrolment = z.infer<typeof Enrolment>

/** `POST /v1/admin/session/totp/confirmation` */
export const ConfirmEnrolment = z.strictObject({ totp: OneTimeCode })
export type ConfirmEnrolment = z.infer<typeof ConfirmEnrolment>
