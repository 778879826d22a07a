import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import {
  CryptoError,
  openActivityId,
  openMedia,
  signJsapi,
  signMessage,
  signRawData,
} from '../src/index.js'
import { aesKey, bot, encryptBlocks, pad, proofOf, sign } from './support/make.js'
import { mediaRejected, outcome } from './support/refusal.js'

describe('openMedia', () => {
  test.each([0, 1, 31, 32, 33, 5_003])('a file of %d bytes', (size) => {
    const file = randomBytes(size)
    const sealed = encryptBlocks(pad(file, 32))
    const before = Buffer.from(sealed)
    expect(Buffer.from(openMedia(bot.encodingAesKey, sealed)).equals(file)).toBe(true)
    expect(file.equals(openMedia(bot.encodingAesKey, new Uint8Array(sealed)))).toBe(true)
    expect(sealed.equals(before)).toBe(true)
  })

  test.each([0, 1, 16, 31, 33, 48])('refuses %d bytes', (size) => {
    expect(outcome(() => openMedia(bot.encodingAesKey, Buffer.alloc(size)))).toBe(mediaRejected)
  })

  test('refuses padding to 16 and a file cut short', () => {
    const cut = encryptBlocks(pad(Buffer.alloc(100), 32)).subarray(0, 96)
    expect(outcome(() => openMedia(bot.encodingAesKey, cut))).toBe(mediaRejected)
    const to16 = encryptBlocks(pad(Buffer.alloc(100), 16)).subarray(0, 112)
    expect(outcome(() => openMedia(bot.encodingAesKey, to16))).toBe(mediaRejected)
  })

  test('wrong arguments are TypeErrors by name', () => {
    expect(() => openMedia(aesKey.toString('base64'), Buffer.alloc(32))).toThrow(
      new TypeError('encodingAesKey must be 43 characters of base64, without padding'),
    )
    for (const bytes of [undefined, null, 'x', [1]]) {
      expect(() => openMedia(bot.encodingAesKey, bytes as never)).toThrow(
        new TypeError('bytes must be a Uint8Array'),
      )
    }
  })
})

describe('signatures', () => {
  test('signMessage sorts every order, and bytes rather than UTF-16 units', () => {
    const parts = ['b', 'a', 'd', 'c']
    for (const a of parts)
      for (const b of parts)
        for (const c of parts)
          for (const d of parts) expect(signMessage(a, b, c, d)).toBe(sign(a, b, c, d))
    // UTF-16 would put the emoji (d83d) before U+FF5E.
    expect(signMessage('\u{1f600}', '\uff5e', '', '')).toBe(
      signMessage('\uff5e\u{1f600}', '', '', ''),
    )
  })

  test.each([undefined, null, 1, ['x']])('%p is a TypeError by name', (value) => {
    const bad = value as never
    expect(() => signMessage(bad, '', '', '')).toThrow(new TypeError('token must be a string'))
    expect(() => signMessage('', bad, '', '')).toThrow(new TypeError('timestamp must be a string'))
    expect(() => signMessage('', '', bad, '')).toThrow(new TypeError('nonce must be a string'))
    expect(() => signMessage('', '', '', bad)).toThrow(new TypeError('encrypt must be a string'))
    expect(() => signRawData(bad, 'k')).toThrow(new TypeError('rawData must be a string'))
    expect(() => signRawData('', bad)).toThrow('sessionKey must be a non-empty string')
  })

  test('signRawData takes empty data but no empty key', () => {
    expect(signRawData('', 'k')).toBe('13fbd79c3d390e5d6585a21e11ff5ec1970cff0c')
    expect(() => signRawData('x', '')).toThrow('sessionKey must be a non-empty string')
  })

  test('signJsapi names what is wrong', () => {
    const input = { ticket: 't', nonceStr: 'n', timestamp: 1414587457, url: 'http://a/?b' }
    expect(signJsapi(input)).toMatch(/^[0-9a-f]{40}$/)
    for (const field of ['ticket', 'nonceStr', 'url']) {
      for (const value of [undefined, '', 1]) {
        expect(() => signJsapi({ ...input, [field]: value } as never)).toThrow(
          new TypeError(`${field} must be a non-empty string`),
        )
      }
    }
    expect(() => signJsapi({ ...input, timestamp: 1414587457000 })).toThrow(
      new TypeError('timestamp must be Unix time in seconds, not milliseconds'),
    )
    expect(() => signJsapi({ ...input, url: 'http://a/#b' })).toThrow(
      new TypeError('url must not hold a fragment'),
    )
    expect(() => signJsapi(null as never)).toThrow(new TypeError('input must be an object'))
  })
})

describe('CryptoError', () => {
  const caught = (() => {
    try {
      return openActivityId({ ...proofOf('1151_secret'), iv: 'AAAA' })
    } catch (error) {
      return error
    }
  })() as CryptoError

  test('is an Error with a code, and shows nothing else', () => {
    expect(caught).toBeInstanceOf(CryptoError)
    expect(caught).toBeInstanceOf(Error)
    expect(caught.name).toBe('CryptoError')
    expect(Object.keys(caught)).toEqual(['code'])
    expect(caught.cause).toBeUndefined()
    const { sessionKey, encryptedData } = proofOf('1151_secret')
    const shown = inspect(caught, { showHidden: true, depth: 9 })
    expect(shown).toContain('CryptoError: the proof was rejected')
    for (const secret of [sessionKey, encryptedData, '1151', '001122']) {
      expect(shown).not.toContain(secret)
    }
  })
})
