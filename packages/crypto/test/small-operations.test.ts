import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import {
  CryptoError,
  openActivityId,
  openMedia,
  signJsapi,
  signMessage,
  signRawData,
} from '../src/index.js'
import { jsonFault } from '../src/lib/json-check.js'
import { aesKey, bot, encryptBlocks, pad, proofOf, sign } from './support/make.js'
import { mediaRejected, outcome } from './support/refusal.js'

describe('openMedia', () => {
  test.each([0, 1, 31, 32, 33, 1_000_003])('a file of %d bytes', (size) => {
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

describe('the JSON recogniser agrees with JSON.parse', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
      : 0
  const parses = (text: string): boolean => {
    try {
      const value: unknown = JSON.parse(text)
      return depthOf(value) > 0 && depthOf(value) <= 4 && !Array.isArray(value)
    } catch {
      return false
    }
  }
  const agrees = (text: string) => {
    const bytes = Buffer.from(text)
    if (bytes.toString() !== text || (jsonFault(bytes) === 0) === parses(text)) return
    throw new Error(`they differ on ${JSON.stringify(text)}`)
  }

  test('on JSON, and on JSON with one character changed, lost or added', () => {
    const texts = fc.tuple(
      fc.json({ maxDepth: 2 }),
      fc.nat(),
      fc.constantFrom(...'{}[],:"\\/+-.0123456789eEtrufalsn \t\n\r\0\u007f\u00e9x'),
      fc.constantFrom(0, 1),
    )
    fc.assert(
      fc.property(texts, ([json, at, char, drop]) => {
        for (const text of [json, `{"k":${json}}`, ` { "a" : [ ${json} , {} ] } `]) {
          agrees(text)
          const cut = at % (text.length + 1)
          agrees(text.slice(0, cut) + char + text.slice(cut + drop))
          agrees(text.slice(0, cut) + text.slice(cut + 1))
        }
      }),
      { numRuns: 3_000, seed: 3 },
    )
  })

  test.each([
    '{"a":01}',
    '{"a":-}',
    '{"a":-0}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":1.5e+10}',
    '{"a":1e}',
    '{"a":1E-2}',
    '{"a":+1}',
    '{"a":0x1}',
    '{"a":NaN}',
    '{"a":tru}',
    '{"a":truee}',
    '{"a":"\\u00e9\\n"}',
    '{"a":"\\x41"}',
    '{"a":"\\u12g4"}',
    '{"a":"\t"}',
    '{"a":1,}',
    '{,}',
    '{"a"}',
    '{"a":}',
    '{"a" "b"}',
    '{a:1}',
    "{'a':1}",
    '{"a":[1,]}',
    '{"a":[,1]}',
    '{"a":[}',
    '{"a":{]}',
    '{"a":1]',
    '[{"a":1}}',
    '{}{}',
    '{},',
    '{} ]',
    '}',
    ']',
    '{',
    '{"a":"b":"c"}',
    '{"a":[1:2]}',
    '{"a":1 2}',
    '\ufeff{}',
    '{"__proto__":{"x":1}}',
    '//x\n{}',
  ])('on %s', agrees)

  test('but nests 4 deep at most', () => {
    const nested = (depth: number) => Buffer.from('{"a":'.repeat(depth) + '1' + '}'.repeat(depth))
    const arrays = (depth: number) => Buffer.from(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    for (let depth = 1; depth <= 4; depth++) {
      expect(jsonFault(nested(depth))).toBe(0)
      if (depth > 1) expect(jsonFault(arrays(depth - 1))).toBe(0)
    }
    for (const depth of [5, 6, 64, 2_000]) {
      expect(jsonFault(nested(depth))).not.toBe(0)
      expect(jsonFault(arrays(depth - 1))).not.toBe(0)
    }
  })
})
