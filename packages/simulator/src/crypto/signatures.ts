import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** W11: `signature = sha1(rawData + session_key)`, session_key as its base64 text. */
export const rawDataSignature = (rawData: string, sessionKey: string): string =>
  createHash('sha1')
    .update(rawData + sessionKey, 'utf8')
    .digest('hex')

/** W6: `hmac_sha256(session_key, "")` in hex. Which form of the key is UNCONFIRMED, so the caller chooses. */
export const sessionKeySignature = (
  sessionKey: string,
  form: 'base64-text' | 'decoded-bytes',
): string =>
  createHmac('sha256', form === 'base64-text' ? sessionKey : Buffer.from(sessionKey, 'base64'))
    .update('')
    .digest('hex')

export const sameText = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
