import { createDecipheriv } from 'node:crypto'
import { filledTextArgument, objectArgument } from './argument.js'
import { decodedSize, decodeInto } from './base64.js'
import { paddingFault } from './padding.js'

/** What a client hands over, and the key of the session that it claims to come from. */
export interface ProofInput {
  /** base64 of 16 bytes, as `jscode2session` answered it; the server's own. */
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
const scratch = Buffer.alloc(maxBytes)
const keyBytes = Buffer.alloc(18)
const ivBytes = Buffer.alloc(18)
// What a malformed input is replaced by: it takes the path, and the time, of a real one.
const decoy = Buffer.alloc(96, 0x5a)

const readKey = (sessionKey: unknown): Buffer => {
  const text = filledTextArgument(sessionKey, 'sessionKey')
  if (text.length !== 24 || decodeInto(keyBytes, 0, text) !== 16) {
    throw new TypeError('sessionKey must be canonical base64 of 16 bytes')
  }
  return keyBytes.subarray(0, 16)
}

const readIv = (iv: unknown): Buffer | undefined =>
  typeof iv === 'string' && iv.length === 24 && decodeInto(ivBytes, 0, iv) === 16
    ? ivBytes.subarray(0, 16)
    : undefined

const readCiphertext = (data: unknown): Buffer | undefined => {
  if (typeof data !== 'string' || data === '' || decodedSize(data) > maxBytes) return undefined
  const size = decodeInto(scratch, 0, data)
  return size > 0 && size % 16 === 0 ? scratch.subarray(0, size) : undefined
}

/**
 * AES-128-CBC with padding removed by us: OpenSSL's own removal answers with an exception, that is
 * with a padding oracle. Never throws for anything that the client sent.
 */
export const openProof = (input: ProofInput): OpenedProof => {
  const { sessionKey, encryptedData, iv } = objectArgument(input, 'input')
  const key = readKey(sessionKey)
  const goodIv = readIv(iv)
  const goodData = readCiphertext(encryptedData)
  const malformed = goodIv === undefined || goodData === undefined ? 1 : 0
  const decipher = createDecipheriv('aes-128-cbc', key, goodIv ?? decoy.subarray(0, 16))
  decipher.setAutoPadding(false)
  // Whole blocks and no padding: all of it comes out of update; final would add nothing.
  const plain = decipher.update(goodData ?? decoy)
  keyBytes.fill(0)
  return { plain, fault: malformed | paddingFault(plain, 16) }
}
