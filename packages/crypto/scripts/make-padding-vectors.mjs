// Writes test/vectors/padding-32.json: AES-256-CBC with PKCS#7 to 32 (WeCom 90968), in the form of
// Wycheproof's ind_cpa_test_schema_v1. Seeded: every run writes the same file.
import { createCipheriv, createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { format } from 'prettier'

const seed = 'sealcard padding-32 v1'
const bytes = (label, size) =>
  Buffer.concat(
    Array.from({ length: Math.ceil(size / 32) }, (_, at) =>
      createHash('sha256').update(`${seed}|${label}|${at}`).digest(),
    ),
  ).subarray(0, size)

const receiveId = 'ww1436e0e65a779aee'
const tests = []

const frame = (label, size) => {
  const message = bytes(`${label}|message`, size).toString('hex').slice(0, size)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(size)
  return Buffer.concat([bytes(`${label}|random`, 16), length, Buffer.from(message + receiveId)])
}

// The message's size that leaves `pad` bytes of padding behind one of 64 bytes or more.
const sizeFor = (pad) => 64 + ((32 - ((20 + 64 + receiveId.length + pad) % 32)) % 32)

const add = (comment, flags, msg, padded, result) => {
  const label = String(tests.length + 1)
  // 42 characters and one more whose spare bits are zero: the form that the platform hands out.
  const key = bytes(`${label}|key`, 32)
  const iv = key.subarray(0, 16)
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  const ct = Buffer.concat([cipher.update(padded), cipher.final()])
  const [keyHex, ivHex, msgHex, ctHex] = [key, iv, msg, ct].map((part) => part.toString('hex'))
  const tcId = tests.length + 1
  tests.push({ tcId, comment, flags, key: keyHex, iv: ivHex, msg: msgHex, ct: ctHex, result })
}

for (let pad = 1; pad <= 32; pad++) {
  const msg = frame(`good ${pad}`, sizeFor(pad))
  add(
    `padding of ${pad}`,
    ['Pseudorandom'],
    msg,
    Buffer.concat([msg, Buffer.alloc(pad, pad)]),
    'valid',
  )
}
const bad = (comment, pad, alter) => {
  const msg = frame(comment, sizeFor(pad))
  const padded = Buffer.concat([msg, Buffer.alloc(pad, pad)])
  alter(padded)
  add(comment, ['BadPadding'], msg, padded, 'invalid')
}
for (const value of [0, 33, 34, 48, 64, 127, 128, 160, 224, 255]) {
  bad(`last byte ${value}`, 32, (padded) => (padded[padded.length - 1] = value))
}
for (let pad = 2; pad <= 32; pad++) {
  bad(
    `padding of ${pad}, its first byte wrong`,
    pad,
    (padded) => (padded[padded.length - pad] ^= 1),
  )
}
for (const pad of [3, 8, 16, 17, 24, 31, 32]) {
  bad(`padding of ${pad}, a middle byte wrong`, pad, (p) => (p[p.length - (pad >> 1) - 1] ^= 0x80))
  bad(`padding of ${pad}, last byte one more`, pad, (p) => (p[p.length - 1] += 1))
}
bad('zero padding', 20, (padded) => padded.fill(0, padded.length - 20))
bad('ISO 7816-4 padding', 20, (padded) => {
  padded.fill(0, padded.length - 20)
  padded[padded.length - 20] = 0x80
})
bad('ANSI X9.23 padding', 20, (padded) => padded.fill(0, padded.length - 20, padded.length - 1))
bad('ISO 10126 padding', 20, (padded) => bytes('iso', 19).copy(padded, padded.length - 20))
for (const size of [0, 16, 48]) {
  add(
    `${size} bytes: no multiple of 32`,
    ['NoPadding'],
    Buffer.alloc(0),
    Buffer.alloc(size, 16),
    'invalid',
  )
}

const document = {
  algorithm: 'AES-CBC-PKCS7-32',
  schema: 'ind_cpa_test_schema_v1.json',
  generatorVersion: seed,
  numberOfTests: tests.length,
  header: [
    'AES-256-CBC padded with PKCS#7 to a multiple of 32 bytes, iv = key[0..16], the message being',
    'random(16) | length(4) | text | receiveId, as WeCom callbacks have it.',
  ],
  notes: {
    BadPadding: {
      bugType: 'MISSING_STEP',
      description: 'The message was encrypted with a wrong padding. Accepting it is a bug.',
    },
    NoPadding: {
      bugType: 'MISSING_STEP',
      description: 'The length of the ciphertext leaves no room for a padding to 32.',
    },
    Pseudorandom: { bugType: 'FUNCTIONALITY', description: 'Every padding from 1 to 32.' },
  },
  receiveId,
  testGroups: [
    {
      type: 'IndCpaTest',
      source: { name: 'packages/crypto/scripts/make-padding-vectors.mjs', version: '1' },
      keySize: 256,
      ivSize: 128,
      tests,
    },
  ],
}
const file = path.join(import.meta.dirname, '../test/vectors/padding-32.json')
writeFileSync(file, await format(JSON.stringify(document), { parser: 'json' }))
console.log(`${tests.length} tests`)
