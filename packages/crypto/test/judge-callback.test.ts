import { judgeCallback, openCallback } from '../src/index.js'
import { bot, callbackOf, callbackOfBlocks, frameOf, now, pad, signed } from './support/make.js'
import { callbackRejected, outcome } from './support/refusal.js'

const message = '{"msgtype":"text"}'
const sound = callbackOf(message)
const other = {
  token: 'AnotherToken',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  receiveId: bot.receiveId,
}
const frame = (...of: Parameters<typeof frameOf>) => callbackOfBlocks(pad(frameOf(...of), 32))
const judge = (input: unknown, config: unknown = bot) =>
  judgeCallback(config as never, input as never, { now })

test('what openCallback opens, it opens alike', () => {
  const judged = judge(sound)
  if (typeof judged === 'string') throw new Error(judged)
  const opened = openCallback(bot, sound, { now })
  expect([judged.message, judged.replayKey]).toEqual([opened.message, opened.replayKey])
})

const stale = callbackOf(message, { timestamp: String(now - 301) })
const wrongPadding = pad(frameOf(message), 32)
wrongPadding[wrongPadding.length - 1] = 33

test.each<[cause: string, what: string, input: unknown, config?: unknown]>([
  ['form', 'nothing', undefined],
  ['form', 'a signature in capitals of the wrong length', { ...sound, msgSignature: 'AB' }],
  ['form', 'a timestamp that is none', { ...sound, timestamp: 'now' }],
  ['form', 'a nonce with a blank', { ...sound, nonce: 'a b' }],
  [
    'form',
    'a plus that became a blank',
    { ...sound, encrypt: `${sound.encrypt.slice(0, -4)} AA=` },
  ],
  ['form', 'a ciphertext of 16 bytes', signed(Buffer.alloc(16))],
  ['time', 'one that is too old', stale],
  ['time', 'one that is too old, also under another Token', stale, other],
  ['time', 'one that is ahead', callbackOf(message, { timestamp: String(now + 301) })],
  ['signature', 'another Token', sound, { ...bot, token: 'AnotherToken' }],
  ['signature', 'a nonce that was changed', { ...sound, nonce: 'other' }],
  ['key', 'another EncodingAESKey', sound, { ...bot, encodingAesKey: other.encodingAesKey }],
  ['key', 'wrong padding', callbackOfBlocks(wrongPadding)],
  ['key', 'a length beyond the end', frame(message, bot.receiveId, 1000)],
  ['key', 'a length of 4 GB', frame(message, bot.receiveId, 0xffffffff)],
  ['key', 'a length that wraps to the right one', frame(message, bot.receiveId, 0xffffffec)],
  ['key', 'a message that is not UTF-8', frame(Buffer.from([0xff, 0xfe]), 'ww01')],
  ['key', 'a receiver that is no id', frame(message, 'a b')],
  ['key', 'a receiver of 65 characters', frame(message, 'w'.repeat(65))],
  ['receiveid', 'no receiver', frame(message, '')],
  ['receiveid', 'another receiver', frame(message, 'ww0000000000000001')],
  ['receiveid', 'a receiver of 64 characters', frame(message, 'w'.repeat(64))],
  ['receiveid', 'a receiver where none belongs', sound, { ...bot, receiveId: '' }],
])('%s: %s', (cause, _, input, config = bot) => {
  expect(judge(input, config)).toBe(cause)
  // Outside nothing of it shows.
  const open = () => openCallback(config as never, input as never, { now })
  expect(outcome(open)).toBe(callbackRejected)
})

test('of several keys the one that got furthest decides the cause', () => {
  const named = frame(message, 'ww0000000000000001')
  const wrongAes = { ...bot, encodingAesKey: other.encodingAesKey }
  for (const keys of [
    [other, wrongAes, bot],
    [bot, wrongAes, other],
  ])
    expect(judge(named, keys)).toBe('receiveid')
  for (const keys of [
    [other, wrongAes],
    [wrongAes, other],
  ])
    expect(judge(sound, keys)).toBe('key')
  for (const keys of [
    [bot, wrongAes],
    [wrongAes, bot],
    [other, bot],
  ])
    expect(typeof judge(sound, keys)).toBe('object')
})
