import { createCipheriv } from 'node:crypto'
import { boundData, headerOf, nonceSize } from './lib/envelope.js'
import { keyringKey, type Keyring } from './lib/keyring.js'
import { fillRandom, type RandomSource } from './lib/random.js'

/** Where the 12 bytes of nonce come from; node:crypto's generator by default. */
export interface SealOptions {
  readonly random?: RandomSource
}

/**
 * Seals a value for storage: AES-256-GCM under the keyring's primary key, 12-byte random nonce.
 *
 * @param plaintext bytes, or a string, sealed as UTF-8.
 * @param aad what the value belongs to (table, row, purpose): not stored, needed to open it again.
 * @returns `v1.<key id>.<base64url of nonce | ciphertext | tag>`.
 * @throws {TypeError} naming the argument that is not what it must be.
 *
 * @example
 * const envelope = seal(keyring, sessionKey, `sessions|${id}|session_key`)
 */
export const seal = (
  keyring: Keyring,
  plaintext: string | Uint8Array,
  aad: string | Uint8Array,
  options: SealOptions = {},
): string => {
  // The keyring vouches for its primary key.
  const key = keyringKey(keyring, keyring?.primary)!
  if (typeof plaintext !== 'string' && !(plaintext instanceof Uint8Array)) {
    throw new TypeError('plaintext must be a string or a Uint8Array')
  }
  const bound = boundData(keyring.primary, aad)
  const nonce = Buffer.alloc(nonceSize)
  fillRandom(nonce, 0, nonceSize, options.random)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound)
  const bytes = Buffer.from(plaintext)
  const body = [nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]
  return `${headerOf(keyring.primary)}.${Buffer.concat(body).toString('base64url')}`
}
