import { createDecipheriv, randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { createKeyring, envelopeKeyId, rewrap, seal, unseal } from '../src/index.js'
import { envelopeRejected, outcome } from './support/refusal.js'

const key = (fill: number) => Buffer.alloc(32, fill)
const text = (fill: number) => key(fill).toString('base64')
const keyring = createKeyring(`k1:${text(1)},k0:${text(0)}`)
const old = createKeyring(`k0:${text(0)}`)
const aad = 'sessions|1|session_key'
const envelope = seal(keyring, 'secret', aad)

describe('createKeyring', () => {
  test('reads text and objects', () => {
    expect(keyring.primary).toBe('k1')
    expect(keyring.ids).toEqual(['k1', 'k0'])
    const same = createKeyring({ primary: 'k1', keys: { k0: text(0), k1: key(1) } })
    expect(same.ids).toEqual(['k1', 'k0'])
    expect(unseal(same, envelope, aad).toString()).toBe('secret')
  })

  test('copies the keys', () => {
    const bytes = key(5)
    const ring = createKeyring({ primary: 'a', keys: { a: bytes } })
    const sealed = seal(ring, 'x', '')
    bytes.fill(0)
    expect(unseal(ring, sealed, '').toString()).toBe('x')
  })

  test.each([
    [undefined, 'keyring must be text or an object'],
    [null, 'keyring must be text or an object'],
    ['', 'keyring must read id:base64[,id:base64]'],
    ['k1', 'keyring must read id:base64[,id:base64]'],
    [`k1:${text(1)},`, 'keyring must read id:base64[,id:base64]'],
    [`:${text(1)}`, 'keyring ids must be 1 to 32 of A-Z a-z 0-9 _ -'],
    [`k.1:${text(1)}`, 'keyring ids must be 1 to 32 of A-Z a-z 0-9 _ -'],
    [`${'k'.repeat(33)}:${text(1)}`, 'keyring ids must be 1 to 32 of A-Z a-z 0-9 _ -'],
    [`k1:${text(1)} `, 'keyring key k1 must be 32 bytes, or canonical base64 of them'],
    [`k1:${text(1).slice(0, 43)}`, 'keyring key k1 must be 32 bytes, or canonical base64 of them'],
    [`k1:${text(1)}, k0:${text(0)}`, 'keyring ids must be 1 to 32 of A-Z a-z 0-9 _ -'],
    ['k1:AAAA', 'keyring key k1 must be 32 bytes, or canonical base64 of them'],
    [`k1:${text(1)},k1:${text(2)}`, 'keyring key k1 must occur once'],
    [{ primary: 'k1', keys: {} }, 'primary must be the id of one of keys'],
    [{ primary: 'k1' }, 'primary must be the id of one of keys'],
    [{ keys: { k1: key(1) } }, 'primary must be the id of one of keys'],
    [
      { primary: 'k1', keys: { k1: 7 } },
      'keyring key k1 must be 32 bytes, or canonical base64 of them',
    ],
    [
      { primary: 'k1', keys: { k1: key(1), k2: Buffer.alloc(31) } },
      'keyring key k2 must be 32 bytes, or canonical base64 of them',
    ],
  ])('refuses %p by name', (config, message) => {
    expect(() => createKeyring(config as never)).toThrow(new TypeError(message))
  })

  test('shows ids only', () => {
    const shown = inspect(keyring, { depth: 9, showHidden: true })
    expect(shown).toBe('Keyring { k1, k0 }')
    expect(JSON.stringify(keyring)).toBe('{"primary":"k1"}')
  })
})

describe('seal and unseal', () => {
  test.each(['', 'x', '你好 😀', 'x'.repeat(100_000)])('a text', (plain) => {
    expect(unseal(keyring, seal(keyring, plain, aad), aad).toString()).toBe(plain)
  })

  test('bytes', () => {
    const bytes = randomBytes(1000)
    expect(unseal(keyring, seal(keyring, new Uint8Array(bytes), key(3)), key(3))).toEqual(bytes)
  })

  test('the envelope is v1, the key id, and AES-256-GCM over what the documentation says', () => {
    const [version, id, body] = envelope.split('.')
    expect([version, id]).toEqual(['v1', 'k1'])
    const bytes = Buffer.from(body!, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', key(1), bytes.subarray(0, 12))
    decipher.setAAD(Buffer.from(`v1.k1\0${aad}`)).setAuthTag(bytes.subarray(-16))
    const plain = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
    expect(plain.toString()).toBe('secret')
  })

  test('the nonce comes from `random`', () => {
    const options = { random: (size: number) => Buffer.alloc(size, 9) }
    const body = Buffer.from(seal(keyring, 'x', '', options).split('.')[2]!, 'base64url')
    expect(body.subarray(0, 12)).toEqual(Buffer.alloc(12, 9))
    expect(() => seal(keyring, 'x', '', { random: () => Buffer.alloc(13) })).toThrow(TypeError)
  })

  test('refuses other associated data', () => {
    for (const other of ['', 'sessions|2|session_key', `${aad}\0`, ` ${aad}`, key(1)]) {
      expect(outcome(() => unseal(keyring, envelope, other))).toBe(envelopeRejected)
    }
  })

  test('refuses an envelope that is renamed to another key of the same bytes', () => {
    const twin = createKeyring(`k1:${text(1)},k2:${text(1)}`)
    const renamed = envelope.replace('k1', 'k2')
    expect(outcome(() => unseal(twin, renamed, aad))).toBe(envelopeRejected)
    expect(unseal(twin, envelope, aad).toString()).toBe('secret')
  })

  test.each([
    undefined,
    null,
    1,
    {},
    '',
    'v1',
    'v1.k1',
    'v1.k1.',
    `v2${envelope.slice(2)}`,
    ` ${envelope}`,
    `${envelope}\n`,
    `${envelope}=`,
    `${envelope}.`,
    `v1.k1.${'A'.repeat(36)}`,
    envelope.slice(0, -1),
    'v1.k.1.AAAA',
    `v1.${'k'.repeat(33)}.${envelope.slice(6)}`,
    `v1..${envelope.slice(6)}`,
  ])('refuses %p', (value) => {
    expect(outcome(() => unseal(keyring, value as never, aad))).toBe(envelopeRejected)
    if (value === envelope.slice(0, -1) || value === `v1.k1.${'A'.repeat(36)}`) return
    expect(outcome(() => envelopeKeyId(value as never))).toBe(envelopeRejected)
  })

  test('refuses an envelope whose last character carries bits that no byte needs', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const head = envelope.slice(0, -1)
    const others = Array.from(letters).filter((letter) => {
      const [a, b] = [envelope, head + letter].map((text) => text.slice(6))
      return a !== b && Buffer.from(a!, 'base64url').equals(Buffer.from(b!, 'base64url'))
    })
    expect(others.length).toBeGreaterThan(0)
    for (const letter of others) {
      expect(outcome(() => unseal(keyring, head + letter, aad))).toBe(envelopeRejected)
      expect(outcome(() => envelopeKeyId(head + letter))).toBe(envelopeRejected)
    }
  })

  test('refuses an object that reads as an envelope', () => {
    const posing = { toString: () => envelope }
    expect(outcome(() => unseal(keyring, posing as never, aad))).toBe(envelopeRejected)
    expect(outcome(() => envelopeKeyId(posing as never))).toBe(envelopeRejected)
  })

  test('a body of 27 bytes is no envelope, one of 28 is', () => {
    const body = (size: number) => `v1.k1.${Buffer.alloc(size).toString('base64url')}`
    expect(outcome(() => envelopeKeyId(body(27)))).toBe(envelopeRejected)
    expect(envelopeKeyId(body(28))).toBe('k1')
    expect(outcome(() => unseal(keyring, body(28), aad))).toBe(envelopeRejected)
  })

  test('says when the key is gone', () => {
    expect(() => unseal(old, envelope, aad)).toThrow(
      expect.objectContaining({
        code: 'ERR_ENVELOPE_KEY_UNKNOWN',
        message: 'the envelope names a key that the keyring does not hold',
      }),
    )
    expect(envelopeKeyId(envelope)).toBe('k1')
  })

  test.each([undefined, null, 1, [], {}])('%p for an argument is a TypeError by name', (value) => {
    const bad = value as never
    expect(() => seal(bad, 'x', '')).toThrow(new TypeError('keyring must come from createKeyring'))
    expect(() => unseal(bad, envelope, '')).toThrow('keyring must come from createKeyring')
    expect(() => rewrap(bad, envelope, '')).toThrow('keyring must come from createKeyring')
    expect(() => seal(keyring, bad, '')).toThrow(
      new TypeError('plaintext must be a string or a Uint8Array'),
    )
    const message = 'aad must be a string or a Uint8Array'
    expect(() => seal(keyring, 'x', bad)).toThrow(new TypeError(message))
    expect(() => unseal(keyring, envelope, bad)).toThrow(new TypeError(message))
  })
})

describe('rewrap', () => {
  test('moves to the primary key', () => {
    const before = seal(old, 'secret', aad)
    const after = rewrap(keyring, before, aad)
    expect([envelopeKeyId(before), envelopeKeyId(after)]).toEqual(['k0', 'k1'])
    expect(unseal(keyring, after, aad).toString()).toBe('secret')
    expect(outcome(() => unseal(keyring, after, 'other'))).toBe(envelopeRejected)
  })

  test('leaves what is there already, but opens it', () => {
    expect(rewrap(keyring, envelope, aad)).toBe(envelope)
    expect(outcome(() => rewrap(keyring, envelope, 'other'))).toBe(envelopeRejected)
  })
})
