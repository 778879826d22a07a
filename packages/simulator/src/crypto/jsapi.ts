import { createCipheriv, createHash } from 'node:crypto'
import type { OpenData } from './open-data.js'

/**
 * Q3: the signature of a page. Raw values in this order, no URL encoding; seconds; the key is `noncestr`.
 * The result is lower-case hex.
 */
export const jsapiSignature = (
  ticket: string,
  nonce: string,
  timestamp: string,
  url: string,
): string => {
  const hash = createHash('sha1')
  hash.update(`jsapi_ticket=${ticket}&noncestr=${nonce}`, 'utf8')
  hash.update(`&timestamp=${timestamp}&url=${url}`, 'utf8')
  return hash.digest('hex')
}

/** The readings of Q2's "Base64_Decode(ticket), 16 bytes". Which one the platform uses is UNCONFIRMED. */
export const KEY_DERIVATIONS = [
  'url16',
  'skip16',
  'text16',
  'tail16',
  'md5-text',
  'md5-bytes',
  'sha256-16',
  'url32',
] as const
export type KeyDerivation = (typeof KEY_DERIVATIONS)[number]

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Base64 by hand, four letters to three bytes; `extra`: the letters for 62 and 63. What is no letter is left out. */
const bytesOf = (text: string, extra: string): Buffer => {
  const out: number[] = []
  let bits = 0
  let count = 0
  for (const letter of text) {
    const value = (ALPHABET + extra).indexOf(letter)
    if (value < 0) continue
    bits = ((bits << 6) | value) & 0xffff
    count += 6
    if (count < 8) continue
    count -= 8
    out.push((bits >> count) & 0xff)
  }
  return Buffer.from(out)
}

const digest = (name: string, data: string | Buffer): Buffer =>
  createHash(name).update(data).digest()

/** The key of a web page's proofs under one reading of the application's ticket. */
export const ticketKey = (ticket: string, derivation: KeyDerivation): Buffer => {
  const decoded = bytesOf(ticket, '-_')
  switch (derivation) {
    case 'url16':
      return decoded.subarray(0, 16)
    case 'skip16':
      return bytesOf(ticket, '+/').subarray(0, 16)
    case 'text16':
      return Buffer.from(ticket.slice(0, 16), 'latin1')
    case 'tail16':
      return decoded.subarray(decoded.length - 16)
    case 'md5-text':
      return digest('md5', ticket)
    case 'md5-bytes':
      return digest('md5', decoded)
    case 'sha256-16':
      return digest('sha256', ticket).subarray(0, 16)
    case 'url32':
      return decoded.subarray(0, 32)
  }
}

/** Q2: AES-CBC, PKCS#7 to 16, everything in base64; 256 bits for a key of 32 bytes. */
export const sealWebProof = (key: Buffer, iv: Buffer, plaintext: string): OpenData => {
  const cipher = createCipheriv(key.length === 32 ? 'aes-256-cbc' : 'aes-128-cbc', key, iv)
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
  return { encryptedData: sealed.toString('base64'), iv: iv.toString('base64') }
}
