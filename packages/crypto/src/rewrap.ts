import { envelopeKeyId } from './envelope-key-id.js'
import type { Keyring } from './lib/keyring.js'
import { seal, type SealOptions } from './seal.js'
import { unseal } from './unseal.js'

/**
 * Moves an envelope to the keyring's primary key. It is opened in any case, so that a damaged one
 * is found; one that is under the primary key already comes back as it is.
 *
 * @param aad the same as when it was sealed.
 * @throws {CryptoError} as `unseal` does.
 * @throws {TypeError} naming the argument that is not what it must be.
 *
 * @example
 * row.sealed = rewrap(keyring, row.sealed, `sessions|${row.id}|session_key`)
 */
export const rewrap = (
  keyring: Keyring,
  envelope: string,
  aad: string | Uint8Array,
  options: SealOptions = {},
): string => {
  const plain = unseal(keyring, envelope, aad)
  if (envelopeKeyId(envelope) === keyring.primary) return envelope
  const moved = seal(keyring, plain, aad, options)
  plain.fill(0)
  return moved
}
