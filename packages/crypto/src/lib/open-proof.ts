import { createDecipheriv } from 'node:crypto'
import { filledTextArgument, objectArgument } from './argument.js'
import { decodedSize, decodeInto, decodeKey } from './base64.js'
import { paddingFault } from './padding.js'

/** What a client hands over, and the key of the session that it claims to come from. */
export interface ProofInput {
  /**
   * The server's own: base64 of 16 bytes, as `jscode2session` answered it. `openShareInfo` takes what `deriveTicketKey`
   * returned, too.
   */
  readonly sessionKey: string
  /** base64, from the client. */
  readonly encryptedData: string
  /** base64 of 16 bytes, from the client. */
  readonly iv: string
}

export interface OpenedProof {
  /** Everything decrypted, padding included. */
  readonly plain: Buffer
  /** 0 when the input was canonical and the padding right. */
  readonly fault: number
}

// The largest documented payload (31 days of step counts) is under 2 KB.
const maxBytes = 8192

// Reused, so that decoding allocates nothing. Every call is synchronous.
const scratch = Buffer.alloc(maxBytes + 16)
const keyBytes = new Uint8Array(16)
const longKeyBytes = new Uint8Array(32)
const ivBytes = new Uint8Array(16)
// What a malformed input is replaced by: it takes the path, and the time, of a real one.
const decoy = Buffer.alloc(96 + 16, 0x5a)

/** How many bytes a key may have: 16 alone, or 32 as well. */
export type KeySizes = '16' | '16 or 32'

const readKey = (sessionKey: unknown, sizes: KeySizes): Uint8Array => {
  const text = filledTextArgument(sessionKey, 'sessionKey')
  if (decodeKey(keyBytes, text)) return keyBytes
  if (sizes === '16 or 32' && decodeKey(longKeyBytes, text)) return longKeyBytes
  throw new TypeError(`sessionKey must be canonical base64 of ${sizes} bytes`)
}

/** @returns the ciphertext and one block more. */
const readCiphertext = (data: unknown): Buffer | undefined => {
  if (typeof data !== 'string' || decodedSize(data) > maxBytes) return undefined
  const size = decodeInto(scratch, 0, data)
  return size > 0 && size % 16 === 0 ? scratch.subarray(0, size + 16) : undefined
}

/**
 * AES-CBC, with 256 bits for a key of 32 bytes, and padding removed by us: OpenSSL's own removal answers with an exception, that is
 * with a padding oracle. Never throws for anything that the client sent.
 */
export const openProof = (input: ProofInput, sizes: KeySizes = '16'): OpenedProof => {
  const { sessionKey, encryptedData, iv } = objectArgument(input, 'input')
  const key = readKey(sessionKey, sizes)
  const goodIv = typeof iv === 'string' && decodeKey(ivBytes, iv)
  const goodData = readCiphertext(encryptedData)
  const malformed = goodIv && goodData !== undefined ? 0 : 1
  // OpenSSL holds the last block back until final, which would judge its padding. There is one
  // block too many, so that all of ours comes out; final is never called.
  const plain = createDecipheriv(`aes-${key.length * 8}-cbc`, key, ivBytes).update(
    goodData ?? decoy,
  )
  key.fill(0)
  return { plain, fault: malformed | paddingFault(plain, 16) }
}
