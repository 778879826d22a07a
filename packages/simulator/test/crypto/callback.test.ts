import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import {
  callbackSignature,
  CallbackProblem,
  openCallback,
  openMedia,
  sealCallback,
  sealMedia,
  signatureHolds,
  type CallbackKeys,
} from '../../src/crypto/callback.js'
import vectors from '../../src/crypto/vectors.json' with { type: 'json' }

const keys: CallbackKeys = {
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: '',
}

/** A frame as given, so that every part of it can be wrong. */
const sealFrame = (frame: Buffer): string => {
  const key = Buffer.from(`${keys.encodingAesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(frame), cipher.final()]).toString('base64')
}
const frameOf = (length: number, message: Buffer, pad?: Buffer): Buffer => {
  const head = Buffer.alloc(20, 7)
  head.writeUInt32BE(length, 16)
  const body = Buffer.concat([head, message])
  const count = 32 - (body.length % 32)
  return Buffer.concat([body, pad ?? Buffer.alloc(count, count)])
}

describe('callback crypto', () => {
  it.each(vectors.callbacks)('A8 should seal, sign and open $id as its source says', (vector) => {
    const { timestamp, nonce, encrypt, signature } = vector
    expect(sealCallback(vector, Buffer.from(vector.random), vector.text)).toBe(encrypt)
    expect(callbackSignature(vector.token, timestamp, nonce, encrypt)).toBe(signature)
    expect(signatureHolds(vector, { signature, timestamp, nonce, encrypt })).toBe(true)
    expect(openCallback(vector, encrypt)).toBe(vector.text)
  })

  it('should sort the signed texts by their bytes', () => {
    // U+FF5E sorts before U+1F600 in UTF-8 and after it in UTF-16.
    const byBytes = createHash('sha1').update('12～😀').digest('hex')
    expect(callbackSignature('😀', '1', '2', '～')).toBe(byBytes)
    expect(callbackSignature('a', 'b', 'c', 'd')).toBe('81fe8bfe87576c3ecb22426f8e57847382917acf')
  })

  it('A8 should open every pad length of the 32-byte group', () => {
    const texts = Array.from({ length: 32 }, (_, n) => 'x'.repeat(n))
    for (const text of texts) {
      expect(openCallback(keys, sealCallback(keys, randomBytes(16), text))).toBe(text)
    }
  })

  const whole = Buffer.from('hello')
  const wrong: [string, string, RegExp][] = [
    ['base64 without padding', 'A'.repeat(43), /not base64/],
    ['the URL alphabet', `${'-_'.repeat(21)}-=`, /not base64/],
    ['half a block group', Buffer.alloc(48).toString('base64'), /48 bytes/],
    ['nothing', '', /0 bytes/],
    ['padding of zero', sealFrame(frameOf(5, whole, Buffer.alloc(7, 0))), /padding/],
    ['padding of 33', sealFrame(frameOf(5, whole, Buffer.alloc(7 + 32, 33))), /padding/],
    ['uneven padding', sealFrame(frameOf(5, whole, Buffer.from([1, 7, 7, 7, 7, 7, 7]))), /padding/],
    ['a length too long', sealFrame(frameOf(6, whole)), /msg_len is 6/],
    ['a length of 2³²−1', sealFrame(frameOf(0xffffffff, whole)), /msg_len/],
    ['bytes after the message', sealFrame(frameOf(4, whole)), /receiveid has 1 bytes/],
    ['a short frame', sealFrame(Buffer.alloc(32, 31)), /frame is only 1/],
    ['broken UTF-8', sealFrame(frameOf(5, Buffer.from([0xc3, 0x28, 0, 0, 0]))), /UTF-8/],
  ]
  it.each(wrong)('should refuse %s', (_name, encrypt, message) => {
    expect(openCallback(keys, sealFrame(frameOf(5, whole)))).toBe('hello')
    expect(() => openCallback(keys, encrypt)).toThrow(CallbackProblem)
    expect(() => openCallback(keys, encrypt)).toThrow(message)
  })

  it('should refuse another receiveid and a key of another length', () => {
    const corp = { ...keys, receiveId: 'ww0000000000000001' }
    const sealed = sealCallback(corp, randomBytes(16), 'hello')
    expect(openCallback(corp, sealed)).toBe('hello')
    expect(() => openCallback(keys, sealed)).toThrow(/receiveid/)
    expect(() => sealCallback({ ...keys, encodingAesKey: 'x' }, randomBytes(16), '')).toThrow(/43/)
  })

  it('should keep a byte order mark and every other character of the message', () => {
    const text = '\uFEFF你好 😀\n'
    expect(openCallback(keys, sealCallback(keys, randomBytes(16), text))).toBe(text)
  })

  it('should seal media without a frame', () => {
    const bytes = randomBytes(64)
    const sealed = sealMedia(keys.encodingAesKey, bytes)
    expect(sealed).toHaveLength(96)
    expect(openMedia(keys.encodingAesKey, sealed)).toEqual(bytes)
  })
})
