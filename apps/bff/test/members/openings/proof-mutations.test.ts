import { countCases, SeededRandom, scale } from '@sealcard/testing'
import type { Proof } from '../../../src/platforms/registry/platform.js'
import { IN_MEMORY, WECHAT, WECOM } from '../../kit/config.js'
import { Members } from '../../kit/members.js'
import { key, wechatProof, wecomProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

const base64 = (bytes: Buffer) => bytes.toString('base64')
const BLOCK = 16

interface Bytes {
  readonly ct: Buffer
  readonly iv: Buffer
}

const decoded = ({ encryptedData, iv }: Proof): Bytes => ({
  ct: Buffer.from(encryptedData, 'base64'),
  iv: Buffer.from(iv, 'base64'),
})
const encoded = ({ ct, iv }: Bytes): Proof => ({ encryptedData: base64(ct), iv: base64(iv) })

const flipped = (bytes: Buffer, bit: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
  return copy
}
const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)))
const blocks = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.length / BLOCK }, (_, i) => bytes.subarray(i * BLOCK, (i + 1) * BLOCK))

/** Every mutation takes a genuine proof and another of the same person: what an attacker with a live session holds. */
const mutations: Record<string, (random: SeededRandom, proof: Bytes, other: Bytes) => Bytes> = {
  'a bit of the IV': (random, { ct, iv }) => ({ ct, iv: flipped(iv, random.below(128)) }),
  'another IV': (random, { ct }) => ({ ct, iv: random.bytes(BLOCK) }),
  "the other proof's IV": (_, { ct }, other) => ({ ct, iv: other.iv }),
  'a bit of the ciphertext': (random, { ct, iv }) => ({
    ct: flipped(ct, random.below(ct.length * 8)),
    iv,
  }),
  'a block fewer': (random, { ct, iv }) => {
    const all = blocks(ct)
    all.splice(random.below(all.length), 1)
    return { ct: Buffer.concat(all), iv }
  },
  'a byte fewer': (_, { ct, iv }) => ({ ct: ct.subarray(0, -1), iv }),
  'a block more': (random, { ct, iv }) => {
    const all = blocks(ct)
    all.splice(random.below(all.length + 1), 0, random.bytes(BLOCK))
    return { ct: Buffer.concat(all), iv }
  },
  'a block twice': (random, { ct, iv }) => {
    const all = blocks(ct)
    const at = random.below(all.length)
    all.splice(at, 0, all[at] ?? Buffer.alloc(BLOCK))
    return { ct: Buffer.concat(all), iv }
  },
  'two blocks exchanged': (random, { ct, iv }) => {
    const all = blocks(ct)
    const at = random.below(all.length - 1)
    all.splice(at, 2, all[at + 1] ?? iv, all[at] ?? iv)
    return { ct: Buffer.concat(all), iv }
  },
  "a block of the other proof's": (random, { ct, iv }, other) => {
    const all = blocks(ct)
    all[random.below(all.length)] = random.pick(blocks(other.ct))
    return { ct: Buffer.concat(all), iv }
  },
  'the IV moved into the ciphertext': (random, { ct, iv }) => ({
    ct: Buffer.concat([iv, ct]),
    iv: random.bytes(BLOCK),
  }),
  'without its first block, which becomes the IV': (_, { ct }) => ({
    ct: ct.subarray(BLOCK),
    iv: ct.subarray(0, BLOCK),
  }),
  noise: (random, { ct }) => ({ ct: random.bytes(ct.length), iv: random.bytes(BLOCK) }),
}
const names = Object.keys(mutations)

describe.each([WECHAT, WECOM])('B1 a used proof in another form, in %s', (appId) => {
  let app: TestApp
  let members: Members
  beforeAll(async () => {
    app = await TestApp.start(IN_MEMORY)
    members = new Members(app)
  })
  afterAll(() => app.stop())

  const prove = (declared: string, nonce: string) =>
    appId === WECOM
      ? wecomProof(key('bob'), declared, 'bob', nonce)
      : wechatProof(key('bob'), declared, nonce)

  /** A used proof of one share, an unused proof of another, and a session without a limit of tries. */
  const attacker = async () => {
    const alice = await app.login('alice', appId)
    const mine = await app.shared(alice)
    const other = await app.shared(alice)
    const bob = await members.login('bob', appId)
    const proof = prove(mine.declared, 'used')
    expect((await members.open(bob, mine.shareId, proof)).opening).toBeDefined()
    app.clock.advance(60_001)
    return { bob, ...mine, proof, spare: prove(other.declared, 'spare') }
  }

  test('B1 no single bit of the IV makes another proof of it', async () => {
    const { bob, shareId, proof } = await attacker()
    for (let bit = 0; bit < 128; bit++) {
      const { ct, iv } = decoded(proof)
      const outcome = await members.open(bob, shareId, encoded({ ct, iv: flipped(iv, bit) }))
      expect({ bit, ...outcome }).toEqual({ bit, code: 'ERR_PROOF_REJECTED' })
      app.clock.advance(10_000)
    }
  })

  test('B1 no block of a chatId that the attacker knows can be cut out of it', async () => {
    const { bob, shareId, declared } = await attacker()
    const chatId = `wr${'A'.repeat(30)}`
    const proof =
      appId === WECOM ? wecomProof(key('bob'), declared, 'bob', 'k', chatId) : prove(declared, 'k')
    expect((await members.open(bob, shareId, proof)).opening).toBeDefined()
    app.clock.advance(60_001)
    const { ct } = decoded(proof)
    const [first = ct, second = ct, ...rest] = blocks(ct)
    // What the cipher makes of the second block, known because its plaintext is; then any plaintext is one IV away.
    const iv = xor(xor(Buffer.alloc(BLOCK, 'A'), first), Buffer.from('{"chatId":"AAAAA'))
    const cut = encoded({ ct: Buffer.concat([second, ...rest]), iv })
    expect((await members.open(bob, shareId, cut)).code).toBe('ERR_PROOF_REJECTED')
    if (appId === WECOM) {
      // Nothing but its earlier use speaks against it.
      expect(await members.wouldGrant(bob, shareId, cut)).toBe(true)
    }
  })

  test('B1 mutations through the whole service: 0 granted', async () => {
    const { bob, shareId, proof, spare } = await attacker()
    const random = new SeededRandom(1)
    const count = scale(260, 10_000, 65)
    const tell = countCases(count)
    for (let i = 0; i < count; i++) {
      tell(i)
      const name = names[i % names.length] ?? ''
      const mutated = mutations[name]?.(random, decoded(proof), decoded(spare)) ?? decoded(proof)
      const outcome = await members.open(bob, shareId, encoded(mutated))
      expect({ name, i, ...outcome }).toEqual({ name, i, code: 'ERR_PROOF_REJECTED' })
      app.clock.advance(10_000)
      if (i % 5_000 === 4_999) Object.assign(bob, await members.login('bob', appId))
    }
  })

  test('B1 many more, weighed and decided only: 0 granted', async () => {
    const { bob, shareId, proof, spare } = await attacker()
    const used = new Set([await members.nameOf(bob, shareId, proof)])
    const random = new SeededRandom(2)
    const granted: object[] = []
    const count = scale(5_000, 500_000, 500)
    const tell = countCases(count)
    for (let i = 0; i < count; i++) {
      tell(i)
      const name = random.pick(names)
      const mutated = mutations[name]?.(random, decoded(proof), decoded(spare)) ?? decoded(proof)
      if (await members.wouldGrant(bob, shareId, encoded(mutated), used)) granted.push({ name, i })
    }
    expect(granted.slice(0, 5)).toEqual([])
  })

  test('B1 the proof that they were made of is genuine, and so is the other', async () => {
    const { bob, shareId, declared } = await attacker()
    expect(await members.wouldGrant(bob, shareId, prove(declared, 'fresh'))).toBe(true)
  })
})
