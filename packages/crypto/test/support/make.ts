/** Makes what the platforms would send, right or wrong, with node:crypto alone. */
import { createCipheriv, createHash } from 'node:crypto'

export const sessionKey = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
export const bot = {
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'ww1436e0e65a779aee',
}
export const aesKey = Buffer.from(bot.encodingAesKey, 'base64')
export const now = 1_700_000_000

const cbc = (algorithm: string, key: Buffer, iv: Buffer, padded: Buffer): Buffer => {
  const cipher = createCipheriv(algorithm, key, iv).setAutoPadding(false)
  return Buffer.concat([cipher.update(padded), cipher.final()])
}

export const pad = (bytes: Buffer, block: number): Buffer => {
  const size = block - (bytes.length % block)
  return Buffer.concat([bytes, Buffer.alloc(size, size)])
}

/** A proof of exactly these padded bytes, whole blocks of 16. */
export const proofOfBlocks = (padded: Buffer, iv: Buffer = Buffer.alloc(16, 7)) => ({
  sessionKey: sessionKey.toString('base64'),
  iv: iv.toString('base64'),
  encryptedData: cbc('aes-128-cbc', sessionKey, iv, padded).toString('base64'),
})

export const proofOf = (plain: string | Buffer, iv: Buffer = Buffer.alloc(16, 7)) =>
  proofOfBlocks(pad(Buffer.from(plain), 16), iv)

export const sign = (token: string, timestamp: string, nonce: string, encrypt: string): string =>
  createHash('sha1').update([token, timestamp, nonce, encrypt].sort().join('')).digest('hex')

/** Encrypts whole blocks of 32 under the bot's key. */
export const encryptBlocks = (padded: Buffer): Buffer =>
  cbc('aes-256-cbc', aesKey, aesKey.subarray(0, 16), padded)

/** `random | length | message | id`, without padding. */
export const frameOf = (
  message: string | Buffer,
  id: string = bot.receiveId,
  length: number = Buffer.byteLength(message),
): Buffer => {
  const head = Buffer.alloc(20, 'random-16-bytes!')
  head.writeUInt32BE(length >>> 0, 16)
  return Buffer.concat([head, Buffer.from(message), Buffer.from(id)])
}

/** A correctly signed callback around any ciphertext. */
export const signed = (
  ciphertext: Buffer,
  { timestamp = String(now), nonce = '1372623149', token = bot.token } = {},
) => {
  const encrypt = ciphertext.toString('base64')
  return { msgSignature: sign(token, timestamp, nonce, encrypt), timestamp, nonce, encrypt }
}

/** A correctly signed callback around any padded frame. */
export const callbackOfBlocks = (padded: Buffer, fields?: Parameters<typeof signed>[1]) =>
  signed(encryptBlocks(padded), fields)

export const callbackOf = (message: string | Buffer, fields?: Parameters<typeof signed>[1]) =>
  callbackOfBlocks(pad(frameOf(message), 32), fields)
