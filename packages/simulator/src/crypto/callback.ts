import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { sameText } from './signatures.js'

/**
 * WeCom's callback crypto (Q20, Q24), written here a second time on purpose. What a bot server opens must not come from
 * its own library. What it seals is opened here exactly as the pages say.
 */
export interface CallbackKeys {
  token: string
  /** 43 characters of `a-zA-Z0-9`. */
  encodingAesKey: string
  /** Q24: empty for the smart bots of an enterprise. */
  receiveId: string
}

/** What is wrong with something sealed, in a sentence. The message never quotes a key or the content. */
export class CallbackProblem extends Error {}

const GROUP = 32
const HEAD = 20

/** Q20: AESKey = base64 of EncodingAESKey and "=", 32 bytes; IV = its first 16. */
const keyOf = (encodingAesKey: string): Buffer => {
  if (!/^[A-Za-z0-9]{43}$/.test(encodingAesKey)) {
    throw new CallbackProblem('EncodingAESKey must be 43 letters and digits')
  }
  return Buffer.from(`${encodingAesKey}=`, 'base64')
}

const cipherOf = (encodingAesKey: string) => {
  const key = keyOf(encodingAesKey)
  return createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
}

const decipherOf = (encodingAesKey: string) => {
  const key = keyOf(encodingAesKey)
  return createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
}

/** PKCS#7 to 32, so that there are always 1 to 32 bytes of it. */
const padded = (bytes: Buffer): Buffer => {
  const count = GROUP - (bytes.length % GROUP)
  return Buffer.concat([bytes, Buffer.alloc(count, count)])
}

const unpadded = (bytes: Buffer): Buffer => {
  const count = bytes.at(-1) ?? 0
  const body = bytes.subarray(0, bytes.length - count)
  const pad = bytes.subarray(bytes.length - count)
  if (count < 1 || count > GROUP || !pad.every((byte) => byte === count)) {
    throw new CallbackProblem('the padding is not PKCS#7 to 32 bytes (or the key is another)')
  }
  return body
}

const decrypted = (encodingAesKey: string, sealed: Buffer): Buffer => {
  if (sealed.length === 0 || sealed.length % GROUP !== 0) {
    throw new CallbackProblem(
      `the ciphertext is ${sealed.length} bytes, not a positive multiple of 32`,
    )
  }
  const decipher = decipherOf(encodingAesKey)
  return unpadded(Buffer.concat([decipher.update(sealed), decipher.final()]))
}

/** Q20: hex of SHA-1 over the four texts, sorted by their bytes and joined. */
export const callbackSignature = (
  token: string,
  timestamp: string,
  nonce: string,
  encrypt: string,
): string => {
  const parts = [token, timestamp, nonce, encrypt].map((part) => Buffer.from(part))
  const hash = createHash('sha1')
  for (const part of parts.sort((a, b) => Buffer.compare(a, b))) hash.update(part)
  return hash.digest('hex')
}

export const signatureHolds = (
  keys: CallbackKeys,
  signed: { signature: string; timestamp: string; nonce: string; encrypt: string },
): boolean =>
  sameText(
    signed.signature,
    callbackSignature(keys.token, signed.timestamp, signed.nonce, signed.encrypt),
  )

/** @param random 16 bytes. @returns base64. */
export const sealCallback = (keys: CallbackKeys, random: Buffer, text: string): string => {
  const message = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  const frame = padded(Buffer.concat([random, length, message, Buffer.from(keys.receiveId)]))
  const cipher = cipherOf(keys.encodingAesKey)
  return Buffer.concat([cipher.update(frame), cipher.final()]).toString('base64')
}

/** Strict: canonical base64, whole padding, a length that fits, UTF-8, this receiveid. Throws CallbackProblem. */
export const openCallback = (keys: CallbackKeys, encrypt: string): string => {
  const sealed = Buffer.from(encrypt, 'base64')
  if (sealed.toString('base64') !== encrypt) {
    throw new CallbackProblem('it is not base64 with padding and the standard alphabet')
  }
  const frame = decrypted(keys.encodingAesKey, sealed)
  if (frame.length < HEAD) throw new CallbackProblem(`the frame is only ${frame.length} bytes`)
  const length = frame.readUInt32BE(16)
  if (length > frame.length - HEAD) {
    throw new CallbackProblem(`msg_len is ${length}, but only ${frame.length - HEAD} bytes follow`)
  }
  const receiveId = frame.subarray(HEAD + length)
  if (!receiveId.equals(Buffer.from(keys.receiveId))) {
    throw new CallbackProblem(
      `the receiveid has ${receiveId.length} bytes and is not ${JSON.stringify(keys.receiveId)}`,
    )
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      frame.subarray(HEAD, HEAD + length),
    )
  } catch {
    throw new CallbackProblem('the message is not UTF-8')
  }
}

/** Q28: what lies behind a media URL: the bytes alone, same key and IV, PKCS#7 to 32, no frame. */
export const sealMedia = (encodingAesKey: string, bytes: Buffer): Buffer => {
  const cipher = cipherOf(encodingAesKey)
  return Buffer.concat([cipher.update(padded(bytes)), cipher.final()])
}

export const openMedia = (encodingAesKey: string, sealed: Buffer): Buffer =>
  decrypted(encodingAesKey, sealed)
