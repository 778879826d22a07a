import {
  createCallbackKey,
  openCallback,
  openXmlCallback,
  sealReply,
  sealXmlReply,
} from '../src/index.js'
import { bot, now } from './support/make.js'

const options = { timestamp: now, nonce: '1372623149' }
const opened = (
  reply: ReturnType<typeof sealReply>,
  config: Parameters<typeof openCallback>[0] = bot,
) =>
  openCallback(
    config,
    { ...reply, msgSignature: reply.msgsignature, timestamp: String(reply.timestamp) },
    { now },
  ).message

describe('sealReply', () => {
  test('one key seals many, and each opens', () => {
    const key = createCallbackKey(bot)
    for (let size = 0; size < 200; size++) {
      const text = '中a'.repeat(size)
      const fixed = { ...options, random: (count: number) => Buffer.alloc(count, size) }
      // The key's cipher context lives on: what it sealed before must not show.
      expect(sealReply(key, text, fixed)).toEqual(sealReply(createCallbackKey(bot), text, fixed))
      expect(opened(sealReply(key, text, options))).toBe(text)
    }
  })

  test('a lone surrogate is sealed as U+FFFD', () => {
    expect(opened(sealReply(bot, 'a\ud800b\udc00', options))).toBe('a\ufffdb\ufffd')
  })

  test('a message of any length and width, whole', () => {
    for (const size of [4_000, 30_000, 70_000])
      for (const text of ['密'.repeat(size), 'a'.repeat(size), '😀'.repeat(size)])
        expect(opened(sealReply(bot, text, options))).toBe(text)
  })

  test('an empty receiveId', () => {
    const smart = { ...bot, receiveId: '' }
    expect(opened(sealReply(smart, 'x', options), smart)).toBe('x')
  })

  test('is never twice the same', () => {
    const seen = new Set<string>()
    for (let i = 0; i < 600; i++) seen.add(sealReply(bot, 'x', options).encrypt.slice(0, 22))
    expect(seen.size).toBe(600)
  })

  test('the timestamp comes back as a number, the nonce as it is', () => {
    const reply = sealReply(bot, 'x', { timestamp: String(now), nonce: '~!' })
    expect(Object.keys(reply)).toEqual(['encrypt', 'msgsignature', 'timestamp', 'nonce'])
    expect(reply).toMatchObject({ timestamp: now, nonce: '~!' })
  })

  test.each([
    ['message', undefined, 'a string'],
    ['message', Buffer.from('x'), 'a string'],
    ['timestamp', undefined, 'Unix time in seconds'],
    ['timestamp', now * 1000, 'Unix time in seconds'],
    ['timestamp', 170000000, 'Unix time in seconds'],
    ['timestamp', now + 0.5, 'Unix time in seconds'],
    ['nonce', undefined, '1 to 64 visible ASCII characters'],
    ['nonce', '', '1 to 64 visible ASCII characters'],
    ['nonce', 1, '1 to 64 visible ASCII characters'],
    ['nonce', 'a b', '1 to 64 visible ASCII characters'],
    ['nonce', 'x'.repeat(65), '1 to 64 visible ASCII characters'],
  ])('a wrong %s (%p) is a TypeError', (name, value, rule) => {
    const all: Record<string, unknown> = { message: 'x', ...options, [name]: value }
    const { message, ...rest } = all
    expect(() => sealReply(bot, message as never, rest as never)).toThrow(
      new TypeError(`${name} must be ${rule}`),
    )
  })

  test('a wrong configuration, options or randomness is a TypeError', () => {
    const bad = [() => Buffer.alloc(15), () => Buffer.alloc(17), () => 'x'.repeat(16), () => null]
    for (const random of bad) {
      expect(() => sealReply(bot, 'x', { ...options, random } as never)).toThrow(
        new TypeError('random must return a Uint8Array of the size asked for'),
      )
    }
    expect(() => sealReply(null as never, 'x', options)).toThrow('bot must be an object')
    expect(() => sealReply(bot, 'x', null as never)).toThrow('options must be an object')
    expect(opened(sealReply(bot, 'after', options))).toBe('after')
  })
})

describe('sealXmlReply', () => {
  test('opens again', () => {
    const body = sealXmlReply(bot, '<xml>你好</xml>', options)
    const msgSignature = /<MsgSignature><!\[CDATA\[(.*?)\]\]>/.exec(body)![1]!
    const input = { msgSignature, timestamp: String(now), nonce: options.nonce, body }
    expect(openXmlCallback(bot, input, { now }).message).toBe('<xml>你好</xml>')
  })

  test('a nonce can not end its CDATA section', () => {
    expect(() => sealXmlReply(bot, 'x', { ...options, nonce: 'a]]>b' })).toThrow(
      new TypeError('nonce must not hold ]]>'),
    )
    expect(sealXmlReply(bot, 'x', { ...options, nonce: '<]]&' })).toContain('[<]]&]')
  })
})
