import { createCipheriv, randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import {
  createCallbackKey,
  CryptoError,
  equal,
  openActivityId,
  openMedia,
  signJsapi,
  signMessage,
  signRawData,
} from '../src/index.js'
import { bot, encryptBlocks, pad, proofOf, sign } from './support/make.js'
import { mediaRejected, outcome } from './support/refusal.js'

describe('equal', () => {
  test('compares text and bytes, of any length', () => {
    expect(equal('abc', 'abc')).toBe(true)
    expect(equal('', '')).toBe(true)
    expect(equal('密', Buffer.from('密'))).toBe(true)
    expect(equal('abc', 'abd')).toBe(false)
    expect(equal('abc', 'abcd')).toBe(false)
    expect(equal(Buffer.of(0), Buffer.of(0, 0))).toBe(false)
  })
})

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

  // A key whose base64 has both characters that base64url spells otherwise.
  const key = Buffer.from('fb'.repeat(16) + 'ff'.repeat(16), 'hex')
  const sealed = (file: Buffer) => {
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    return cipher.update(pad(file, 32))
  }

  test.each([
    ['43 characters', key.toString('base64').slice(0, 43)],
    ['44 characters', key.toString('base64')],
    ['base64url', key.toString('base64url')],
    ['base64url with =', `${key.toString('base64url')}=`],
    ['64 hex digits', key.toString('hex')],
    ['64 hex digits in capitals', key.toString('hex').toUpperCase()],
  ])('takes a key as %s', (_, text) => {
    expect(Buffer.from(openMedia(text, sealed(Buffer.from('a file')))).toString()).toBe('a file')
  })

  test('wrong arguments are TypeErrors by name', () => {
    const [base64, hex] = [key.toString('base64'), key.toString('hex')]
    const mixed = `${base64.slice(0, 42).replace('+', '-')}/`
    const wrong = ['', hex.slice(1), `${hex}0`, base64.slice(0, 42), `${base64}=`, ` ${base64}`]
    for (const text of [...wrong, mixed, `${hex.slice(1)}g`, undefined, null, key]) {
      expect(() => openMedia(text as never, Buffer.alloc(32))).toThrow(
        new TypeError(
          'encodingAesKey must be 32 bytes: 43 characters of base64 or base64url, = behind them or not, or 64 hex digits',
        ),
      )
    }
    for (const text of [base64, hex]) {
      expect(() => createCallbackKey({ ...bot, encodingAesKey: text })).toThrow(
        new TypeError('encodingAesKey must be 43 characters of base64, without padding'),
      )
    }
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
        expect(() => signJsapi({ ...input, [field]: value })).toThrow(
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
