/**
 * Both ways against two implementations that share no code with this one: 10,000 messages of 0 to
 * 64 K characters on every commit, 100,000 every night, with emoji and lone surrogates.
 */
import { scale } from '@sealcard/testing'
import * as wecom from '@wecom/crypto'
import {
  createCallbackKey,
  openActivityId,
  openCallback,
  openShareInfo,
  sealReply,
} from '../src/index.js'
import { now } from './support/make.js'
import { Random } from './support/random.js'
import { reference, whyNoReference, type Job } from './support/reference.js'

jest.setTimeout(300_000)

const count = scale(10_000, 100_000, 1_000)
const timestamp = String(now)
const random = new Random(20_260)
const keys = Array.from({ length: 8 }, (_, at) => ({
  token: `token${at}`,
  encodingAesKey: random.bytes(32).toString('base64').slice(0, 43),
  receiveId: at % 2 ? `ww${random.bytes(8).toString('hex')}` : '',
}))
const handles = keys.map((key) => createCallbackKey(key))
const sizes = Array.from({ length: count }, () => random.size())
sizes.splice(0, 3, 0, 1, 65_536)

// Cut out of one long text, anywhere: also through the middle of an emoji.
const source = random.text(200_000)
const textOf = (at: number) => {
  const from = (at * 7_919) % (source.length - 65_536)
  return source.slice(from, from + sizes[at]!)
}

/** What UTF-8 makes of it: lone surrogates become U+FFFD. */
const encoded = (text: string) => Buffer.from(text).toString()
const cases = function* () {
  for (let at = 0; at < count; at++) {
    const [config, key] = [keys[at % 8]!, handles[at % 8]!]
    yield { at, text: textOf(at), nonce: `n${at}`, config, key }
  }
}

const openOurs = (
  key: Parameters<typeof openCallback>[0],
  encrypt: string,
  msgSignature: string,
  nonce: string,
) => openCallback(key, { encrypt, msgSignature, timestamp, nonce }, { now }).message

const differences = (
  work: (item: ReturnType<typeof cases> extends Generator<infer T> ? T : never) => boolean,
) => {
  const wrong: number[] = []
  for (const item of cases()) if (!work(item)) wrong.push(item.at)
  return wrong
}

test('@wecom/crypto opens what we seal', () => {
  const wrong = differences(({ text, nonce, config, key }) => {
    const reply = sealReply(key, text, { timestamp, nonce })
    const { message, id } = wecom.decrypt(config.encodingAesKey, reply.encrypt)
    const signature = wecom.getSignature(config.token, timestamp, nonce, reply.encrypt)
    return message === encoded(text) && id === config.receiveId && signature === reply.msgsignature
  })
  expect(wrong).toEqual([])
})

test('we open what @wecom/crypto seals', () => {
  const wrong = differences(({ text, nonce, config, key }) => {
    const encrypt = wecom.encrypt(config.encodingAesKey, text, config.receiveId)
    const signature = wecom.getSignature(config.token, timestamp, nonce, encrypt)
    return openOurs(key, encrypt, signature, nonce) === encoded(text)
  })
  expect(wrong).toEqual([])
})

const withReference = whyNoReference === undefined ? test : test.skip
const unless = whyNoReference === undefined ? '' : ` — SKIPPED: ${whyNoReference}`

withReference(`Python and libcrypto open what we seal${unless}`, () => {
  const jobs: Job[] = []
  for (const { text, nonce, config, key } of cases()) {
    const { encrypt, msgsignature } = sealReply(key, text, { timestamp, nonce })
    const rest = [encrypt, msgsignature, timestamp, nonce].join('\n')
    jobs.push(['o', config.encodingAesKey, config.token, config.receiveId, rest])
  }
  const answers = reference(jobs)
  expect(differences(({ at, text }) => answers[at]?.equals(Buffer.from(text)) ?? false)).toEqual([])
})

withReference(`we open, and seal byte for byte, what Python and libcrypto seal${unless}`, () => {
  const jobs: Job[] = []
  for (const { at, text, nonce, config } of cases()) {
    const prefix = Buffer.alloc(16, `${at}|`)
    const rest = [config.receiveId, timestamp, nonce, prefix.toString('hex')].join('\n')
    jobs.push(['s', config.encodingAesKey, config.token, rest, text])
  }
  const answers = reference(jobs)
  const wrong = differences(({ at, text, nonce, key }) => {
    const [encrypt, signature] = answers[at]!.toString().split('\n') as [string, string]
    const fixed = { timestamp, nonce, random: () => Buffer.alloc(16, `${at}|`) }
    const ours = sealReply(key, text, fixed)
    if (ours.encrypt !== encrypt || ours.msgsignature !== signature) return false
    return openOurs(key, encrypt, signature, nonce) === encoded(text)
  })
  expect(wrong).toEqual([])
})

withReference(`we open the proofs that Python and libcrypto encrypt${unless}`, () => {
  const random = new Random(11)
  const proofs = Array.from({ length: count }, (_, at) => {
    const state = encoded(random.text(random.below(200))) + at
    const info = { chatId: at % 2 ? `wr${at}` : '', state, curReceiver: `user${at}` }
    const plain = at % 3 ? JSON.stringify(info) : `1151_${at}_${'x'.repeat(at % 90)}`
    return { at, info, plain, key: random.bytes(16), iv: random.bytes(16) }
  })
  const answers = reference(proofs.map(({ key, iv, plain }) => ['p', key, iv, '', plain]))
  const wrong = proofs.filter(({ at, info, plain, key, iv }) => {
    const input = {
      sessionKey: key.toString('base64'),
      iv: iv.toString('base64'),
      encryptedData: answers[at]!.toString(),
    }
    return at % 3
      ? JSON.stringify(openShareInfo(input)) !== JSON.stringify(info)
      : openActivityId(input) !== plain
  })
  expect(wrong).toEqual([])
})
