/** Every `code` a {@link CryptoError} can carry. */
export type CryptoErrorCode =
  | 'ERR_PROOF_REJECTED'
  | 'ERR_CALLBACK_REJECTED'
  | 'ERR_MEDIA_REJECTED'
  | 'ERR_ENVELOPE_REJECTED'
  | 'ERR_ENVELOPE_KEY_UNKNOWN'

/** An open-data proof was refused. One message for every cause, so that a caller can't be an oracle. */
export const ERR_PROOF_REJECTED = 'ERR_PROOF_REJECTED' satisfies CryptoErrorCode

/** A callback was refused: signature, freshness, padding, frame and receiver look alike. */
export const ERR_CALLBACK_REJECTED = 'ERR_CALLBACK_REJECTED' satisfies CryptoErrorCode

/** An encrypted image or file did not open. */
export const ERR_MEDIA_REJECTED = 'ERR_MEDIA_REJECTED' satisfies CryptoErrorCode

/** A sealed value is malformed, was altered, or belongs to other associated data. */
export const ERR_ENVELOPE_REJECTED = 'ERR_ENVELOPE_REJECTED' satisfies CryptoErrorCode

/** A sealed value names a key that the keyring does not hold; no key was used. */
export const ERR_ENVELOPE_KEY_UNKNOWN = 'ERR_ENVELOPE_KEY_UNKNOWN' satisfies CryptoErrorCode

const messages: Readonly<Record<CryptoErrorCode, string>> = {
  ERR_PROOF_REJECTED: 'the proof was rejected',
  ERR_CALLBACK_REJECTED: 'the callback was rejected',
  ERR_MEDIA_REJECTED: 'the media was rejected',
  ERR_ENVELOPE_REJECTED: 'the envelope was rejected',
  ERR_ENVELOPE_KEY_UNKNOWN: 'the envelope names a key that the keyring does not hold',
}

/**
 * Hostile, damaged or expired data. A programmer's or administrator's mistake is a `TypeError`
 * instead. The message depends on `code` alone; there is no `cause` and no further property.
 *
 * @example
 * try {
 *   openActivityId(input)
 * } catch (error) {
 *   if (error instanceof CryptoError && error.code === ERR_PROOF_REJECTED) refuse()
 *   else throw error
 * }
 */
export class CryptoError extends Error {
  readonly code: CryptoErrorCode

  constructor(code: CryptoErrorCode) {
    super(messages[code])
    this.code = code
  }

  static {
    // On the prototype: one own property (`code`) is all that a serialised error can show.
    Object.defineProperty(this.prototype, 'name', { value: 'CryptoError', configurable: true })
  }
}
