import { TOTP } from 'otpauth'

/** What an authenticator app shows at a time. @param secret base32 @param now milliseconds UTC */
export const totpCode = (secret: string, now: number): string =>
  new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret }).generate({ timestamp: now })
