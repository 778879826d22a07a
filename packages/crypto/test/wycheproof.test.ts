import { createDecipheriv } from 'node:crypto'
import { openCallback, openMedia, skipFreshness } from '../src/index.js'
import { openProof } from '../src/lib/open-proof.js'
import { paddingFault } from '../src/lib/padding.js'
import { sign } from './support/make.js'
import { callbackRejected, mediaRejected, outcome } from './support/refusal.js'
import { readVectors } from './support/vectors.js'

interface Group {
  keySize: number
  tests: { tcId: number; key: string; iv: string; msg: string; ct: string; result: string }[]
}

const hex = (text: string) => Buffer.from(text, 'hex')
const wycheproof = readVectors<{ testGroups: Group[] }>('wycheproof-aes-cbc-pkcs5').testGroups
const ours = readVectors<{ receiveId: string; testGroups: Group[] }>('padding-32')
const testsOf = (size: number) =>
  wycheproof.filter(({ keySize }) => keySize === size).flatMap(({ tests }) => tests)

/** Removes padding to 16 the way every opener does. */
const unpad = (plain: Buffer, fault: number): string =>
  fault === 0 ? plain.toString('hex', 0, plain.length - plain[plain.length - 1]!) : 'refused'

test('Wycheproof AES-CBC-PKCS5, 128 bits, through the opener of proofs', () => {
  for (const { key, iv, ct, msg, result } of testsOf(128)) {
    const [sessionKey, ivText, encryptedData] = [key, iv, ct].map((h) => hex(h).toString('base64'))
    const proof = { sessionKey: sessionKey!, iv: ivText!, encryptedData: encryptedData! }
    const { plain, fault } = openProof(proof)
    expect(unpad(plain, fault)).toBe(result === 'valid' ? msg : 'refused')
  }
  expect(testsOf(128)).toHaveLength(72)
})

test('Wycheproof AES-CBC-PKCS5, 256 bits, through the opener of proofs', () => {
  for (const { key, iv, ct, msg, result } of testsOf(256)) {
    const [sessionKey, ivText, encryptedData] = [key, iv, ct].map((h) => hex(h).toString('base64'))
    const proof = { sessionKey: sessionKey!, iv: ivText!, encryptedData: encryptedData! }
    const { plain, fault } = openProof(proof, '16 or 32')
    expect(unpad(plain, fault)).toBe(result === 'valid' ? msg : 'refused')
  }
})

test('Wycheproof AES-CBC-PKCS5, 256 bits, through our removal of padding', () => {
  for (const { key, iv, ct, msg, result } of testsOf(256)) {
    const decipher = createDecipheriv('aes-256-cbc', hex(key), hex(iv)).setAutoPadding(false)
    const plain = decipher.update(hex(ct))
    const opened = plain.length === 0 ? 'refused' : unpad(plain, paddingFault(plain, 16))
    expect(opened).toBe(result === 'valid' ? msg : 'refused')
  }
  expect(testsOf(256)).toHaveLength(72)
})

describe('padding to 32', () => {
  const tests = ours.testGroups.flatMap((group) => group.tests)
  const encodingAesKey = (key: string) => hex(key).toString('base64').slice(0, 43)

  test('through openMedia', () => {
    for (const { key, ct, msg, result } of tests) {
      const open = () => openMedia(encodingAesKey(key), hex(ct))
      if (result === 'valid') expect(Buffer.from(open()).toString('hex')).toBe(msg)
      else expect(outcome(open)).toBe(mediaRejected)
    }
  })

  test('through openCallback', () => {
    for (const { key, ct, msg, result } of tests) {
      const bot = { token: 't', encodingAesKey: encodingAesKey(key), receiveId: ours.receiveId }
      const encrypt = hex(ct).toString('base64')
      const query = { timestamp: '1700000000', nonce: 'n', encrypt }
      const input = { ...query, msgSignature: sign('t', '1700000000', 'n', encrypt) }
      const open = () => openCallback(bot, input, { tolerance: skipFreshness }).message
      const text = hex(msg).toString('utf8', 20).slice(0, -ours.receiveId.length)
      if (result === 'valid') expect(open()).toBe(text)
      else expect(outcome(open)).toBe(callbackRejected)
    }
  })

  test('every padding length is there, and 47 bad ones at least', () => {
    expect(tests.filter(({ result }) => result === 'valid')).toHaveLength(32)
    expect(tests.filter(({ result }) => result === 'invalid').length).toBeGreaterThanOrEqual(47)
  })
})
