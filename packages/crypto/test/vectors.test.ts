import {
  createCallbackKey,
  openActivityId,
  openCallback,
  openData,
  openShareInfo,
  openXmlCallback,
  sealReply,
  sealXmlReply,
  signJsapi,
  signMessage,
  signRawData,
  skipFreshness,
} from '../src/index.js'
import { readVectors } from './support/vectors.js'

interface MessageVector {
  id: string
  op: 'verify-url' | 'decrypt' | 'encrypt' | 'construct'
  token: string
  encodingAESKey: string
  receiveId: string
  msgSignature: string
  timestamp: string
  nonce: string
  encrypt: string
  body?: string
  envelope?: string
  random?: string
  message?: string
  reject?: string
  expected?: {
    message?: string
    body?: string
    encrypt?: string
    xmlFields?: Record<string, string>
  } | null
}

const anyTime = { tolerance: skipFreshness } as const
const messages = readVectors<{ vectors: MessageVector[] }>('wxbizmsgcrypt').vectors
const sample = readVectors<Record<string, Record<string, string>>>('platform-samples')

const botOf = (vector: MessageVector) => ({
  token: vector.token,
  encodingAesKey: vector.encodingAESKey,
  receiveId: vector.receiveId,
})

const fixed = (text: string) => () => Buffer.from(text)

describe('published callback vectors', () => {
  const opened = messages.filter(({ op }) => op === 'verify-url' || op === 'decrypt')
  test.each(opened.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    const open = () => openCallback(botOf(vector), vector, anyTime)
    if (vector.reject !== undefined) {
      expect(open).toThrow('the callback was rejected')
      return
    }
    const { message } = open()
    if (vector.expected?.message !== undefined) expect(message).toBe(vector.expected.message)
    for (const [name, value] of Object.entries(vector.expected?.xmlFields ?? {})) {
      expect(message).toContain(`<${name}><![CDATA[${value}]]></${name}>`)
    }
    if (vector.envelope === 'xml') {
      const input = { ...vector, body: vector.body! }
      expect(openXmlCallback(botOf(vector), input, anyTime).message).toBe(message)
    }
  })

  const sealed = messages.filter(({ op }) => op === 'encrypt')
  test.each(sealed.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    const options = {
      timestamp: vector.timestamp ?? '1411525903',
      nonce: vector.nonce ?? 'nonce',
      random: fixed(vector.random!),
    }
    const reply = sealReply(botOf(vector), vector.message!, options)
    expect(reply.encrypt).toBe(vector.encrypt)
    if (vector.msgSignature) expect(reply.msgsignature).toBe(vector.msgSignature)
    if (vector.expected?.body) {
      expect(sealXmlReply(botOf(vector), vector.message!, options)).toBe(vector.expected.body)
    }
  })

  const refused = messages.filter(({ op }) => op === 'construct')
  test.each(refused.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    expect(() => createCallbackKey(botOf(vector))).toThrow(
      new TypeError('encodingAesKey must be 43 characters of base64, without padding'),
    )
  })

  test('none is left out', () => {
    expect(opened.length + sealed.length + refused.length).toBe(messages.length)
    expect(messages.length).toBe(16)
  })
})

test('published signatures', () => {
  const { vectors } = readVectors<{
    vectors: { parts?: string[]; rawData?: string; sessionKey?: string; signature: string }[]
  }>('signatures')
  for (const { parts = [], rawData, sessionKey, signature } of vectors) {
    const [a = '', b = '', c = '', d = ''] = parts
    if (rawData === undefined) expect(signMessage(a, b, c, d)).toBe(signature)
    else expect(signRawData(rawData, sessionKey!)).toBe(signature)
  }
  expect(vectors).toHaveLength(5)
})

test('published open data', () => {
  const { vectors } = readVectors<{
    vectors: {
      appId: string
      sessionKey: string
      iv: string
      encryptedData: string
      expected: { plaintext: string }
    }[]
  }>('wxbizdatacrypt')
  for (const vector of vectors) {
    const plain = JSON.parse(vector.expected.plaintext) as Record<string, unknown>
    expect(openData(vector, { appid: vector.appId, ...anyTime })).toEqual(plain)
  }
  expect(vectors).toHaveLength(1)
})

describe("the platforms' samples and ours", () => {
  test('signRawData', () => {
    const { rawData, sessionKey, signature } = sample.signRawData!
    expect(signRawData(rawData!, sessionKey!)).toBe(signature)
  })

  test('signJsapi', () => {
    const input = sample.signJsapi as unknown as Parameters<typeof signJsapi>[0]
    expect(signJsapi(input)).toBe(sample.signJsapi!.signature)
  })

  test.each(['botReply', 'botEcho'])('%s', (name) => {
    const vector = sample[name] as unknown as MessageVector & {
      encodingAesKey: string
      signature: string
      message: string
    }
    const reply = sealReply(vector, vector.message, { ...vector, random: fixed(vector.random!) })
    expect(reply).toEqual({
      encrypt: vector.encrypt,
      msgsignature: vector.signature,
      timestamp: 1641002400,
      nonce: vector.nonce,
    })
    const input = { ...vector, msgSignature: vector.signature }
    expect(openCallback(vector, input, { now: 1641002400 }).message).toBe(vector.message)
  })

  test('shareInfo', () => {
    const input = sample.shareInfo as unknown as Parameters<typeof openShareInfo>[0]
    expect(openShareInfo(input)).toEqual({ chatId: '', state: 'st-1', curReceiver: 'zhangsan' })
  })

  test('activityId', () => {
    const input = sample.activityId as unknown as Parameters<typeof openActivityId>[0]
    expect(openActivityId(input)).toBe(sample.activityId!.plaintext)
  })

  test('openGId', () => {
    const input = sample.openGId as unknown as Parameters<typeof openData>[0]
    const options = { appid: 'wx4f4bc4dec97d474b', now: 1700000300 }
    expect(openData(input, options).openGId).toBe('OPENGID')
  })
})
