/**
 * CBC-R, the padding-oracle attack that forges whole plaintexts, turned against the openers. It
 * sees all that a caller sees: returned or thrown, and every property of what was thrown.
 */
import { createDecipheriv, randomBytes } from 'node:crypto'
import { openActivityId, openCallback, openShareInfo } from '../src/index.js'
import { bot, now, sessionKey, signed } from './support/make.js'
import { outcome } from './support/refusal.js'

type Oracle = (iv: Buffer, block: Buffer) => string

const rarest = (seen: string[]): number[] => {
  const counts = new Map<string, number>()
  for (const item of seen) counts.set(item, (counts.get(item) ?? 0) + 1)
  if (counts.size < 2) return []
  const [least] = [...counts].sort((a, b) => a[1] - b[1])[0]!
  return seen.flatMap((item, guess) => (item === least ? [guess] : []))
}

/** Recovers the cipher's output for one block, from its last byte; stops where nothing stands out. */
const recover = (oracle: Oracle, block: Buffer): { known: Buffer; bytes: number } => {
  const known = Buffer.alloc(16)
  for (let at = 15; at >= 0; at--) {
    const pad = 16 - at
    const iv = randomBytes(16)
    for (let after = at + 1; after < 16; after++) iv[after] = known[after]! ^ pad
    const seen = Array.from({ length: 256 }, (_, guess) => {
      iv[at] = guess
      return oracle(iv, block)
    })
    const odd = rarest(seen).filter((guess) => {
      if (at !== 15) return true
      // A longer padding by chance: it would not survive a change of the byte before.
      const other = Buffer.from(iv)
      other[15] = guess
      other[14]! ^= 0xff
      return oracle(other, block) === seen[guess]
    })
    if (odd.length !== 1) return { known, bytes: 15 - at }
    known[at] = odd[0]! ^ pad
  }
  return { known, bytes: 16 }
}

const truth = (block: Buffer): Buffer => {
  const ecb = createDecipheriv('aes-128-ecb', sessionKey, null).setAutoPadding(false)
  return ecb.update(block)
}

const base64 = (bytes: Buffer) => bytes.toString('base64')
const proof = (iv: Buffer, block: Buffer) => ({
  sessionKey: base64(sessionKey),
  iv: base64(iv),
  encryptedData: base64(block),
})

const recovered = (oracle: Oracle, attacks: number): number => {
  let right = 0
  for (let attack = 0; attack < attacks; attack++) {
    const block = randomBytes(16)
    const { known, bytes } = recover(oracle, block)
    const whole = truth(block)
    for (let at = 16 - bytes; at < 16; at++) if (known[at] === whole[at]) right++
  }
  return right
}

test('the tool works: against OpenSSL’s own removal of padding it recovers every byte', () => {
  const naive: Oracle = (iv, block) =>
    outcome(() => {
      const decipher = createDecipheriv('aes-128-cbc', sessionKey, iv)
      return Buffer.concat([decipher.update(block), decipher.final()])
    })
  expect(recovered(naive, 5)).toBe(80)
})

test('against openActivityId it recovers nothing', () => {
  expect(recovered((iv, block) => outcome(() => openActivityId(proof(iv, block))), 20)).toBe(0)
})

test('against openShareInfo it recovers nothing', () => {
  expect(recovered((iv, block) => outcome(() => openShareInfo(proof(iv, block))), 20)).toBe(0)
})

test('against openCallback, which can be asked only by who knows the token, it recovers nothing', () => {
  const oracle: Oracle = (iv, block) =>
    outcome(() => openCallback(bot, signed(Buffer.concat([iv, block])), { now }))
  expect(recovered(oracle, 20)).toBe(0)
})
