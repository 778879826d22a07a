/**
 * 1,000,000 mutations per kind (proofs, callbacks, sealed values) on every commit, 10,000,000 every
 * night, divided among the operations of the kind. None is accepted, and every one ends in the one
 * refusal.
 *
 * CBC has no MAC, so a changed proof may open. It counts as accepted when a caller could take it for
 * the original: the values that a decision uses come out unchanged.
 */
import { countCases, scale } from '@sealcard/testing'
import {
  createCallbackKey,
  createKeyring,
  CryptoError,
  openActivityId,
  openCallback,
  openData,
  openShareInfo,
  openXmlCallback,
  seal,
  unseal,
} from '../src/index.js'
import { bot, callbackOf, now, proofOf } from './support/make.js'
import { mutateBase64, mutateText } from './support/mutate.js'
import { Random } from './support/random.js'

const count = scale(1_000_000, 10_000_000, 100_000)
jest.setTimeout(scale(600_000, 3_600_000))

// Stack traces are most of what a refusal costs.
let depth: number
beforeAll(() => {
  depth = Error.stackTraceLimit
  Error.stackTraceLimit = 0
})
afterAll(() => {
  Error.stackTraceLimit = depth
})

interface Tally {
  accepted: number
  opened: number
  uncaught: unknown[]
  shapes: Set<string>
}

/** @param share of a kind's mutations. @param attempt answers undefined for a mutation that changed nothing. */
const run = (
  seed: number,
  share: number,
  attempt: (random: Random) => boolean | undefined,
): Tally => {
  const random = new Random(seed)
  const tell = countCases(Math.ceil(count * share))
  const tally: Tally = { accepted: 0, opened: 0, uncaught: [], shapes: new Set() }
  for (let done = 0; done < count * share;) {
    try {
      const accepted = attempt(random)
      if (accepted === undefined) continue
      tally.opened++
      if (accepted) tally.accepted++
    } catch (error) {
      if (error instanceof CryptoError) tally.shapes.add(`${error.code}: ${error.message}`)
      else tally.uncaught.push(error)
    }
    done++
    tell(done)
  }
  return tally
}

const one = (code: string, message: string) => new Set([`${code}: ${message}`])
const proofRefusal = one('ERR_PROOF_REJECTED', 'the proof was rejected')
const callbackRefusal = one('ERR_CALLBACK_REJECTED', 'the callback was rejected')

type Proof = ReturnType<typeof proofOf>

/** @returns the proof with its IV, its ciphertext or both changed; undefined when neither was. */
const mutateProof = (proof: Proof, random: Random): Proof | undefined => {
  const which = random.below(3)
  const iv = which === 1 ? proof.iv : mutateBase64(proof.iv, random)
  const encryptedData =
    which === 0 ? proof.encryptedData : mutateBase64(proof.encryptedData, random)
  if (iv === proof.iv && encryptedData === proof.encryptedData) return undefined
  return { ...proof, iv, encryptedData } as Proof
}

test('activity ids', () => {
  const id = `1151_${'abcDEF0123-_'.repeat(7)}`.slice(0, 85)
  const proof = proofOf(id)
  const tally = run(1, 1 / 3, (random) => {
    const mutant = mutateProof(proof, random)
    return mutant && openActivityId(mutant) === id
  })
  expect(tally).toMatchObject({ accepted: 0, uncaught: [], shapes: proofRefusal })
})

test('share infos', () => {
  const info = { chatId: 'wrkSFfCgAAtGROUP', state: 'S'.repeat(43), curReceiver: 'zhangsan' }
  const proof = proofOf(JSON.stringify(info))
  let ivOnly = 0
  const tally = run(2, 1 / 3, (random) => {
    const mutant = mutateProof(proof, random)
    if (mutant === undefined) return undefined
    const { chatId, state, curReceiver } = openShareInfo(mutant)
    const sameDecision = state === info.state && curReceiver === info.curReceiver
    // The IV changes the first block, which holds chatId's first letters. A service that records
    // the ciphertext sees the same proof again.
    if (sameDecision && mutant.encryptedData === proof.encryptedData) {
      if (chatId === info.chatId) return true
      ivOnly++
      return false
    }
    return sameDecision
  })
  expect(tally).toMatchObject({ accepted: 0, uncaught: [], shapes: proofRefusal })
  expect(ivOnly).toBe(tally.opened)
})

test('open data', () => {
  const appid = 'wx4f4bc4dec97d474b'
  const data = { openGId: 'OPENGID-0123456789', watermark: { timestamp: now, appid } }
  const proof = proofOf(JSON.stringify(data))
  const tally = run(3, 1 / 3, (random) => {
    const mutant = mutateProof(proof, random)
    return mutant && openData(mutant, { appid, now }).openGId === data.openGId
  })
  expect(tally).toMatchObject({ accepted: 0, uncaught: [], shapes: proofRefusal })
})

const key = createCallbackKey(bot)
const callback = callbackOf('{"msgtype":"text","text":{"content":"你好"}}')
const parts = ['msgSignature', 'timestamp', 'nonce', 'encrypt', 'encrypt'] as const

test('callbacks', () => {
  const tally = run(4, 1 / 2, (random) => {
    const part = random.pick(parts)
    const mutate = part === 'encrypt' ? mutateBase64 : mutateText
    const value = mutate(callback[part], random)
    if (value === callback[part]) return undefined
    openCallback(key, { ...callback, [part]: value }, { now })
    return true
  })
  expect(tally).toMatchObject({ accepted: 0, opened: 0, uncaught: [], shapes: callbackRefusal })
})

test('XML callbacks', () => {
  const { encrypt, ...query } = callback
  const body = `<xml><ToUserName><![CDATA[ww]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`
  const from = body.indexOf('<Encrypt>')
  const original = openCallback(key, callback, { now }).replayKey
  const tally = run(5, 1 / 2, (random) => {
    const value = mutateText(body, random)
    // Outside <Encrypt> nothing is signed: <ToUserName> may say anything, space may stand anywhere.
    if (typeof value === 'string' && value.includes(body.slice(from))) return undefined
    const { replayKey } = openXmlCallback(key, { ...query, body: value } as never, { now })
    return replayKey !== original
  })
  expect(tally).toMatchObject({ accepted: 0, uncaught: [], shapes: callbackRefusal })
})

test('envelopes at rest', () => {
  const keyring = createKeyring(`k1:${Buffer.alloc(32, 1).toString('base64')}`)
  const aads = ['sessions|1|key', 'sessions|2|key', 'apps|1|key', 'sessions|1|ke']
  const envelopes = aads.map((aad) => seal(keyring, 'tiihtNczf5v6AKRyjwEUhQ==', aad))
  const tally = run(6, 1, (random) => {
    const at = random.below(aads.length)
    const other = random.below(aads.length)
    const [head, body] = [envelopes[at]!.slice(0, 6), envelopes[at]!.slice(6)]
    const bits = Buffer.from(body, 'base64url')
    bits[random.below(bits.length)]! ^= 1 << random.below(8)
    const mutants: unknown[] = [
      head + bits.toString('base64url'),
      head + bits.toString('base64url'),
    ]
    mutants.push(mutateText(envelopes[at]!, random), envelopes[other])
    const mutant = random.pick(mutants)
    if (mutant === envelopes[at]) return undefined
    unseal(keyring, mutant as string, aads[at]!)
    return true
  })
  expect(tally).toMatchObject({ accepted: 0, opened: 0, uncaught: [] })
  expect([...tally.shapes].sort()).toEqual([
    'ERR_ENVELOPE_KEY_UNKNOWN: the envelope names a key that the keyring does not hold',
    'ERR_ENVELOPE_REJECTED: the envelope was rejected',
  ])
})
