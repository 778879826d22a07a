import { createDecipheriv, type KeyObject } from 'node:crypto'
import { CryptoError, ERR_ENVELOPE_KEY_UNKNOWN, ERR_ENVELOPE_REJECTED } from './crypto-error.js'
import { boundData, nonceSize, readEnvelope, tagSize } from './lib/envelope.js'
import { keyringKey, type Keyring } from './lib/keyring.js'

const decrypt = (key: KeyObject, body: Buffer, bound: Buffer): Buffer | undefined => {
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, nonceSize))
  decipher.setAAD(bound).setAuthTag(body.subarray(-tagSize))
  const plain = decipher.update(body.subarray(nonceSize, -tagSize))
  try {
    decipher.final()
    return plain
  } catch {
    return undefined
  }
}

/**
 * Opens what `seal` made.
 *
 * @param aad the same as when it was sealed.
 * @returns the plaintext's bytes; `.toString()` gives the text back that was sealed.
 * @throws {CryptoError} `ERR_ENVELOPE_KEY_UNKNOWN` when the keyring lacks the key that the envelope
 *   names; `ERR_ENVELOPE_REJECTED` for everything else: altered, cut, other associated data.
 * @throws {TypeError} naming the argument that is not what it must be.
 *
 * @example
 * const sessionKey = unseal(keyring, envelope, `sessions|${id}|session_key`).toString()
 */
export const unseal = (keyring: Keyring, envelope: string, aad: string | Uint8Array): Buffer => {
  const { keyId, body } = readEnvelope(envelope) ?? { keyId: '', body: undefined }
  const key = keyringKey(keyring, keyId)
  const bound = boundData(keyId, aad)
  if (body === undefined) throw new CryptoError(ERR_ENVELOPE_REJECTED)
  if (key === undefined) throw new CryptoError(ERR_ENVELOPE_KEY_UNKNOWN)
  const plain = decrypt(key, body, bound)
  if (plain === undefined) throw new CryptoError(ERR_ENVELOPE_REJECTED)
  return plain
}
