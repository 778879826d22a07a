/** Tests each judge alone: together, one judge mostly catches what another misses, and hides the fault. */
import { callbackState } from '../src/lib/callback-key.js'
import { openProof } from '../src/lib/open-proof.js'
import { blankPadding } from '../src/lib/padding.js'
import { signAscii } from '../src/lib/signature.js'
import { bot, proofOf, sign } from './support/make.js'
import { Random } from './support/random.js'

const random = new Random(20_261_121)
const sound = proofOf('1151_abc')

describe('openProof finds fault, whatever the key makes of it', () => {
  const keys = Array.from({ length: 4_000 }, () => random.bytes(16).toString('base64'))
  const faults = (proof: object) =>
    keys.filter((sessionKey) => openProof({ ...sound, ...proof, sessionKey }).fault === 0).length

  test('some keys would find the padding of anything right', () => {
    expect(faults({})).toBeGreaterThan(0)
  })

  const bytes = Buffer.from(sound.encryptedData, 'base64')
  test.each([
    ['no base64', '*'],
    ['the url alphabet', `-_${sound.encryptedData.slice(2)}`],
    ['no ciphertext', ''],
    ['half a block more', Buffer.concat([bytes, Buffer.alloc(8, 3)]).toString('base64')],
    ['half a block', bytes.subarray(0, 8).toString('base64')],
    ['more than 8 KB', Buffer.alloc(8_208).toString('base64')],
  ])('in %s', (_, encryptedData) => {
    expect(faults({ encryptedData })).toBe(0)
  })

  test('in an IV of 15 bytes', () => {
    expect(faults({ iv: Buffer.alloc(15).toString('base64') })).toBe(0)
  })
})

describe('openProof takes', () => {
  test.each([1, 700, 2_000, 8_000])('a payload of %d bytes', (size) => {
    const { plain, fault } = openProof(proofOf('x'.repeat(size)))
    expect(fault).toBe(0)
    expect(plain.toString('latin1', 0, size)).toBe('x'.repeat(size))
  })
})

describe('blankPadding', () => {
  const padded = () =>
    Buffer.from(
      Array.from('payload')
        .map((c) => c.charCodeAt(0))
        .concat(Array(9).fill(9)),
    )

  test('replaces sound padding, and that alone', () => {
    const bytes = padded()
    blankPadding(bytes, 16, 0, 0x20)
    expect(bytes.toString()).toBe('payload'.padEnd(16))
  })

  test.each([1, 8, 255])('changes nothing when the fault is %d', (fault) => {
    const bytes = padded()
    blankPadding(bytes, 16, fault, 0x20)
    expect(bytes).toEqual(padded())
  })
})

describe('signAscii', () => {
  test.each([16_000, 16_381, 16_382, 20_000])(
    'hashes all of a part of %d, wherever it sorts',
    (size) => {
      for (let long = 0; long < 4; long++) {
        const parts = ['a', 'b', 'c', 'd']
        parts[long] = parts[long]!.repeat(size)
        const [a, b, c, d] = parts as [string, string, string, string]
        expect(signAscii(d, c, b, a)).toBe(sign(d, c, b, a))
      }
    },
  )
})

describe('plain configurations', () => {
  const config = (n: number) => ({ ...bot, token: `token${n}` })

  test('are derived once, the last 16 of them, by content', () => {
    const states = Array.from({ length: 16 }, (_, n) => callbackState(config(n)))
    for (const [n, state] of states.entries()) expect(callbackState(config(n))).toBe(state)
    expect(new Set(states).size).toBe(16)
    callbackState(config(16))
    expect(callbackState(config(15))).toBe(states[15])
    expect(callbackState(config(0))).not.toBe(states[0])
  })

  test.each([{ token: 'other' }, { encodingAesKey: 'A'.repeat(43) }, { receiveId: 'ww' }])(
    'differ by %p',
    (change) => {
      expect(callbackState({ ...bot, ...change })).not.toBe(callbackState(bot))
    },
  )
})
