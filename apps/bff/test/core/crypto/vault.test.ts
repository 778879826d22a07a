import { equal } from '@sealcard/crypto'
import fc from 'fast-check'
import { Secret } from '../../../src/core/config/secret.js'
import { sha256 } from '../../../src/core/crypto/digest.js'
import { Vault } from '../../../src/core/crypto/vault.js'

const keyOf = (id: string, byte: number) => ({
  id,
  secret: new Secret(Buffer.alloc(32, byte).toString('base64')),
})
const old = keyOf('k0', 1)
const primary = keyOf('k1', 2)
const ref = { table: 'sessions', row: 'r1', purpose: 'session_key' }
const vault = new Vault({ keys: [primary, old] })

describe('Vault', () => {
  it('opens what it sealed, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(vault.unseal(ref, vault.seal(ref, text))).toBe(text)
      }),
      { seed: 1 },
    )
  })

  it('opens an envelope only for its own table, row and purpose', () => {
    const envelope = vault.seal(ref, 'x')
    for (const other of [{ table: 'cards' }, { row: 'r2' }, { purpose: 'token' }]) {
      expect(() => vault.unseal({ ...ref, ...other }, envelope)).toThrow()
    }
  })

  it('gives null for an envelope that does not open, where the caller can do without', () => {
    const envelope = vault.seal(ref, 'x')
    expect(vault.unsealOrNull(ref, envelope)).toBe('x')
    expect(vault.unsealOrNull({ ...ref, row: 'r2' }, envelope)).toBeNull()
    expect(vault.unsealOrNull(ref, 'v1.gone.AAAA')).toBeNull()
    expect(vault.unsealOrNull(ref, null)).toBeNull()
    // What is no envelope's fault is not hidden.
    const badRef = { ...ref, row: undefined as unknown as string }
    expect(() => vault.unsealOrNull(badRef, envelope)).toThrow('must be of type string')
  })

  it('does not confuse references whose parts join alike', () => {
    const parts = fc.tuple(
      fc.constantFrom('a', 'a|', '|', '1:a', ''),
      fc.constantFrom('a', '|a', '', '1:a'),
      fc.constantFrom('', 'a', '|', '|1:a'),
    )
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        fc.pre(left.join('\0') !== right.join('\0'))
        const [a, b] = [left, right].map(([table, row, purpose]) => ({ table, row, purpose }))
        expect(() => vault.unseal(b!, vault.seal(a!, 'x'))).toThrow()
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('opens under an older key and moves to the primary one', () => {
    const before = new Vault({ keys: [old] }).seal(ref, 'x')
    const moved = vault.rewrap(ref, before)
    expect(vault.unseal(ref, before)).toBe('x')
    expect(new Vault({ keys: [primary] }).unseal(ref, moved!)).toBe('x')
    expect(vault.rewrap(ref, moved!)).toBeNull()
    expect(vault.primaryKeyId).toBe('k1')
  })

  it('does not open under a key it lacks', () => {
    const envelope = new Vault({ keys: [keyOf('k9', 9)] }).seal(ref, 'x')
    expect(() => vault.unseal(ref, envelope)).toThrow()
  })
})

describe('digests', () => {
  it('are SHA-256', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sha256(Buffer.from('abc'), 'base64url')).toBe(
      'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0',
    )
  })

  it('compare whole strings of any length', () => {
    expect(equal('abc', 'abc')).toBe(true)
    expect(equal('abc', 'abd')).toBe(false)
    expect(equal('abc', 'abcd')).toBe(false)
    expect(equal('', '')).toBe(true)
  })
})
