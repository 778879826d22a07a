import { Secret, TOTP } from 'otpauth'
import type { Random } from '../core/ports/random.js'

/** RFC 6238 as every authenticator app knows it: SHA-1, six digits, 30 seconds. RFC 4226 asks for 160 bits. */
const FORM = { issuer: 'Sealcard', algorithm: 'SHA1', digits: 6, period: 30 } as const
const SECRET_BYTES = 20
/** Clocks may be one step apart, either way. */
const WINDOW = 1

/** @returns base32 */
export const newTotpSecret = (random: Random): string =>
  new Secret({ buffer: Uint8Array.from(random.bytes(SECRET_BYTES)).buffer }).base32

/** @param secret base32 @param name of the account @returns `otpauth://totp/…` */
export const totpUri = (secret: string, name: string): string =>
  new TOTP({ ...FORM, label: name, secret }).toString()

/** The step that a code belongs to; null if the code is not valid in the current window. Compares in constant time. */
export const totpStep = (secret: string, code: string, now: number): number | null => {
  const totp = new TOTP({ ...FORM, secret })
  const delta = totp.validate({ token: code, timestamp: now, window: WINDOW })
  return delta === null ? null : Math.floor(now / (FORM.period * 1000)) + delta
}
