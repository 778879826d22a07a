/**
 * The documented signature is a hash of a sorted concatenation without separators. So one signature
 * fits many divisions of the same characters. Of all divisions of one callback, one is handled.
 */
import { CryptoError, openCallback, createCallbackKey } from '../src/index.js'
import { bot, callbackOf, now, sign } from './support/make.js'
import { Random } from './support/random.js'

const key = createCallbackKey(bot)
type Callback = ReturnType<typeof callbackOf>

/** Every other division of timestamp, nonce and ciphertext that the same signature fits. */
const variantsOf = (original: Callback): Callback[] => {
  const { msgSignature, timestamp, nonce, encrypt } = original
  const divisions: Omit<Callback, 'msgSignature'>[] = [
    { timestamp: nonce, nonce: timestamp, encrypt },
  ]
  for (const joined of [timestamp + nonce, nonce + timestamp]) {
    for (let at = 0; at <= joined.length; at++) {
      const [head, tail] = [joined.slice(0, at), joined.slice(at)]
      divisions.push({ timestamp: head, nonce: tail, encrypt })
      divisions.push({ timestamp: tail, nonce: head, encrypt })
    }
  }
  for (const size of [4, 20, 40, 44, 64, 84, 128, 256]) {
    const [head, tail] = [encrypt.slice(0, size), encrypt.slice(size)]
    divisions.push({ timestamp, nonce: nonce + head, encrypt: tail })
    divisions.push({ timestamp: timestamp + head, nonce, encrypt: tail })
    divisions.push({ timestamp, nonce: nonce.slice(size), encrypt: nonce.slice(0, size) + encrypt })
  }
  return divisions
    .map((division) => ({ msgSignature, ...division }))
    .filter((v) => sign(bot.token, v.timestamp, v.nonce, v.encrypt) === msgSignature)
    .filter((v) => v.timestamp !== timestamp || v.nonce !== nonce || v.encrypt !== encrypt)
}

test('boundary variants of 1,000 valid callbacks: each is handled once', () => {
  const random = new Random(9)
  const handled = new Map<string, number>()
  let variants = 0
  let opened = 0
  for (let i = 0; i < 1_000; i++) {
    const timestamp = String(now - 100 + random.below(200))
    // Every tenth nonce could be a fresh timestamp itself: then the swapped pair is valid as well.
    const nonce = i % 10 === 0 ? String(now + random.below(100)) : String(random.below(2 ** 31))
    const message = JSON.stringify({ msgid: i, text: 'x'.repeat(random.below(100)) })
    const original = callbackOf(message, { timestamp, nonce })
    const others = variantsOf(original)
    variants += others.length
    for (const callback of [...others, original, ...others]) {
      try {
        const { message: text, replayKey } = openCallback(key, callback, { now })
        opened++
        if (handled.has(replayKey)) continue
        handled.set(replayKey, (JSON.parse(text) as { msgid: number }).msgid)
      } catch (error) {
        if (!(error instanceof CryptoError)) throw error
      }
    }
  }
  expect(variants).toBeGreaterThan(30_000)
  // Some variants are genuine as far as the platform's scheme goes; only the replay key stops them.
  expect(opened).toBeGreaterThan(1_000)
  expect(handled.size).toBe(1_000)
  expect(new Set(handled.values()).size).toBe(1_000)
})

test('a ciphertext that lost its first blocks to the nonce does not open', () => {
  // 128 base64 characters are three times 32 bytes: the shortest cut that keeps whole blocks.
  for (let size = 64; size < 1_000; size += 128) {
    const { encrypt, nonce, ...rest } = callbackOf('x'.repeat(size), { nonce: '!' })
    for (let cut = 4; cut < encrypt.length; cut += 4) {
      const input = { ...rest, nonce: nonce + encrypt.slice(0, cut), encrypt: encrypt.slice(cut) }
      expect(() => openCallback(key, input, { now })).toThrow(CryptoError)
    }
  }
})
