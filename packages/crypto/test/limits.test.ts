/** Large and many: what the other suites leave out to stay quick. */
import { isUtf8 } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import {
  createKeyring,
  openActivityId,
  openCallback,
  openMedia,
  openXmlCallback,
  seal,
  sealReply,
} from '../src/index.js'
import { checkJson } from '../src/lib/json-check.js'
import { agrees } from './support/agrees.js'
import { bot, callbackOf, encryptBlocks, now, pad, proofOf, signed } from './support/make.js'
import { callbackRejected, outcome, proofRejected } from './support/refusal.js'

const sound = callbackOf('hello')

test('20 MB of zeros and 20 MB of letters are refused', () => {
  const refused = (input: typeof sound) =>
    expect(outcome(() => openCallback(bot, input, { now }))).toBe(callbackRejected)
  refused(signed(Buffer.alloc(20_000_000)))
  refused({ ...sound, encrypt: 'A'.repeat(20_000_000) })
  const proof = { ...proofOf('1151_abc'), encryptedData: 'A'.repeat(20_000_000) }
  expect(outcome(() => openActivityId(proof))).toBe(proofRejected)
})

test('XML takes linear time', () => {
  const { encrypt: _, ...query } = sound
  for (const text of ['<a>', '<![CDATA[', ']]>', '</a>', '<a></a>', ' ']) {
    const body = `<xml>${text.repeat(2_000_000 / text.length)}</xml>`
    const from = process.cpuUsage().user
    expect(outcome(() => openXmlCallback(bot, { ...query, body }, { now }))).toBe(callbackRejected)
    expect(process.cpuUsage().user - from).toBeLessThan(20_000_000)
  }
})

test('20,000 nonces, none twice', () => {
  const keyring = createKeyring(`k1:${randomBytes(32).toString('base64')}`)
  const seen = new Set<string>()
  for (let i = 0; i < 20_000; i++) seen.add(seal(keyring, '', '').slice(6, 22))
  expect(seen.size).toBe(20_000)
})

test.each([70_000, 200_000, 3])('a message of %d characters, sealed and opened', (size) => {
  const message = '中'.repeat(size)
  const reply = sealReply(bot, message, { timestamp: now, nonce: 'n' })
  const query = { timestamp: String(now), nonce: 'n', msgSignature: reply.msgsignature }
  const opened = openCallback(bot, { ...query, encrypt: reply.encrypt }, { now })
  expect(opened.message === message).toBe(true)
})

test('a file of 1 MB', () => {
  const file = randomBytes(1_000_003)
  const opened = openMedia(bot.encodingAesKey, encryptBlocks(pad(file, 32)))
  expect(file.equals(opened)).toBe(true)
})

describe('the JSON recogniser', () => {
  test('agrees with JSON.parse on JSON, and on JSON with one character changed, lost or added', () => {
    const texts = fc.tuple(
      fc.json({ maxDepth: 2 }),
      fc.nat(),
      fc.constantFrom(...Array.from('{}[],:"\\/+-.0123456789eEtrufalsn \t\n\r\0\u007f\u00e9x')),
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

  test('agrees with isUtf8 on every two bytes, and on three and four around the edges', () => {
    const text = (bytes: number[]) =>
      Buffer.concat([Buffer.from('{"k":"'), Buffer.from(bytes), Buffer.from('"}')])
    const check = (bytes: number[]) => {
      const whole = text(bytes)
      if ((checkJson(whole).fault === 0) !== isUtf8(whole))
        throw new Error(`they differ on ${bytes}`)
    }
    for (let a = 0x80; a < 256; a++) for (let b = 0x23; b < 256; b++) if (b !== 0x5c) check([a, b])
    const edges = [0x23, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xed, 0xff]
    for (let a = 0xc0; a < 256; a++) {
      for (const b of edges) {
        for (const c of edges) {
          check([a, b, c])
          for (const d of edges) check([a, b, c, d])
        }
      }
    }
  })
})
