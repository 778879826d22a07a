import { countCases, scale, SeededRandom } from '@sealcard/testing'
import { Secret } from '../../../src/core/config/secret.js'
import { type SealRef, Vault } from '../../../src/core/crypto/vault.js'
import { sealedColumns, sealRefOf } from '../../../src/lifecycle/sealed-columns.js'
import { createDataSource } from '../../../src/schema/data-source.js'

const memory = { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' } as const
const keyOf = (id: string, byte: number) => ({
  id,
  secret: new Secret(Buffer.alloc(32, byte).toString('base64')),
})
const vault = new Vault({ keys: [keyOf('k1', 2), keyOf('k0', 1)] })
const random = new SeededRandom('sealing')
const pick = (n: number) => random.bytes(4).readUInt32BE(0) % n

interface Sealed {
  readonly ref: SealRef
  readonly envelope: string
  readonly text: string
}

/** A value of every sealed column of the service, for people of several apps. */
let values: Sealed[]
beforeAll(async () => {
  const storage = await createDataSource(memory).initialize()
  const rows = ['acme-wechat', 'beta-wechat', ...Array.from({ length: 6 }, () => random.id())]
  values = sealedColumns(storage).flatMap((column) =>
    rows.map((row) => {
      const ref = sealRefOf(column, row)
      const text = random.bytes(16 + pick(200)).toString('base64')
      return { ref, text, envelope: vault.seal(ref, text) }
    }),
  )
  await storage.destroy()
})

const opens = (ref: SealRef, envelope: string): boolean => {
  try {
    vault.unseal(ref, envelope)
    return true
  } catch {
    return false
  }
}

describe('E1 what is sealed', () => {
  it('opens where it belongs: session keys, tokens, cards, declared values, people, the keys of hashes, the audit', () => {
    const kinds = new Set(values.map(({ ref }) => `${ref.table}.${ref.purpose}`))
    for (const kind of [
      'viewer_keys.current_key',
      'viewer_keys.previous_key',
      'access_tokens.access_token',
      'cards.title',
      'cards.body',
      'shares.value',
      'viewers.key',
      'peppers.key',
      'audit_chains.key',
    ])
      expect(kinds).toContain(kind)
    for (const { ref, envelope, text } of values) expect(vault.unseal(ref, envelope)).toBe(text)
  })

  it('never opens with a bit flipped, in the nonce, the ciphertext or the tag', () => {
    let opened = 0
    const count = scale(30_000, 1_000_000)
    const tell = countCases(count)
    for (let i = 0; i < count; i++) {
      tell(i)
      const { ref, envelope } = values[i % values.length] as Sealed
      const at = envelope.lastIndexOf('.') + 1
      const bytes = Buffer.from(envelope.slice(at), 'base64url')
      const bit = pick(bytes.length * 8)
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      if (opens(ref, envelope.slice(0, at) + bytes.toString('base64url'))) opened++
    }
    expect(opened).toBe(0)
  })

  it('never opens with a character of its text changed, header included', () => {
    let opened = 0
    const count = scale(10_000, 100_000)
    const tell = countCases(count)
    for (let i = 0; i < count; i++) {
      tell(i)
      const { ref, envelope } = values[i % values.length] as Sealed
      const at = i % 3 ? pick(envelope.length) : pick(8)
      const code = (envelope.charCodeAt(at) ^ (1 << pick(7))) & 0x7f
      const changed = envelope.slice(0, at) + String.fromCharCode(code) + envelope.slice(at + 1)
      if (opens(ref, changed)) opened++
    }
    expect(opened).toBe(0)
  })

  it('never opens for another person, app, table or column', () => {
    let opened = 0
    let tried = 0
    for (const a of values) {
      for (const b of values) {
        if (a === b) continue
        tried++
        if (opens(b.ref, a.envelope)) opened++
      }
    }
    for (; tried < scale(10_000, 100_000); tried++) {
      const [a, b] = [values[pick(values.length)], values[pick(values.length)]] as [Sealed, Sealed]
      if (a !== b && opens({ ...a.ref, row: b.ref.row, table: b.ref.table }, a.envelope))
        opened += a.ref.row === b.ref.row && a.ref.table === b.ref.table ? 0 : 1
    }
    countCases(tried)
    expect({ opened, enough: tried >= 5_000 }).toEqual({ opened: 0, enough: true })
  })
})

it('E4 no two seals share a nonce', () => {
  const count = scale(100_000, 10_000_000)
  const tell = countCases(count)
  const ref = { table: 't', row: 'r', purpose: 'p' }
  // The first 8 of 12 bytes: that even these never meet says more.
  const nonces = new BigUint64Array(count)
  const start = 'v1.k1.'.length
  for (let i = 0; i < count; i++) {
    tell(i)
    const nonce = Buffer.from(vault.seal(ref, '').slice(start, start + 12), 'base64url')
    nonces[i] = nonce.readBigUInt64BE(0)
  }
  nonces.sort()
  let repeats = 0
  for (let i = 1; i < count; i++) if (nonces[i] === nonces[i - 1]) repeats++
  expect(repeats).toBe(0)
})
