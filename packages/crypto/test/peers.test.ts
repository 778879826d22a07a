/**
 * What the published libraries accept and this package refuses. Each line of the README's table of
 * strictness is one test here, run against the peers themselves.
 */
import * as wecom from '@wecom/crypto'
import { WecomCrypto } from '@wecom/aibot-node-sdk'
import { openCallback, openData } from '../src/index.js'
import {
  bot,
  callbackOf,
  callbackOfBlocks,
  encryptBlocks,
  frameOf,
  now,
  pad,
  proofOf,
  signed,
} from './support/make.js'
import { callbackRejected, outcome, proofRejected } from './support/refusal.js'

interface WechatCrypto {
  getSignature(timestamp: string, nonce: string, encrypt: string): string
  decrypt(encrypt: string): { message: string; id: string }
}
interface Easy {
  decrypt(encrypt: string, signature: string, nonce: string, timestamp: string): string
}
type Construct<T> = new (...args: unknown[]) => T

const load = <T extends object>(name: string): T => jest.requireActual<T>(name)
const W0 = load<Construct<WechatCrypto>>('wechat-crypto')
const EasyEncryptor = load<Construct<Easy>>('node-easywechat/dist/Work/Encryptor')
const EasyDecryptor = load<{ decrypt(key: string, iv: string, data: string): unknown }>(
  'node-easywechat/dist/MiniApp/Decryptor',
)

type Callback = ReturnType<typeof callbackOf>

// Each the way its own documentation has it: compare the signature, then decrypt.
const opens: Record<string, (callback: Callback, config?: typeof bot) => unknown> = {
  '@wecom/crypto': (c, config = bot) => {
    if (wecom.getSignature(config.token, c.timestamp, c.nonce, c.encrypt) !== c.msgSignature) return
    return wecom.decrypt(config.encodingAesKey, c.encrypt).message
  },
  'wechat-crypto': (c, config = bot) => {
    const peer = new W0(config.token, config.encodingAesKey, config.receiveId || 'x')
    if (peer.getSignature(c.timestamp, c.nonce, c.encrypt) !== c.msgSignature) return
    return peer.decrypt(c.encrypt).message
  },
  'node-easywechat': (c, config = bot) =>
    new EasyEncryptor(config.receiveId, config.token, config.encodingAesKey).decrypt(
      c.encrypt,
      c.msgSignature,
      c.nonce,
      c.timestamp,
    ),
  '@wecom/aibot-node-sdk': (c, config = bot) => {
    const peer = new WecomCrypto(config.token, config.encodingAesKey, config.receiveId)
    if (!peer.verifySignature(c.msgSignature, c.timestamp, c.nonce, c.encrypt)) return
    return peer.decrypt(c.encrypt)
  },
}
const peers = Object.keys(opens)
const [WC, W0_, NE, AB] = peers as [string, string, string, string]

const acceptedBy = (callback: Callback, config = bot): string[] =>
  peers.filter((peer) => {
    try {
      return typeof opens[peer]!(callback, config) === 'string'
    } catch {
      return false
    }
  })
const weRefuse = (callback: Callback, config = bot) =>
  expect(outcome(() => openCallback(config, callback, { now }))).toBe(callbackRejected)

test('all open a sound callback', () => {
  const callback = callbackOf('hello')
  for (const peer of peers) expect(opens[peer]!(callback)).toBe('hello')
  expect(openCallback(bot, callback, { now }).message).toBe('hello')
})

test('another receiveId', () => {
  const callback = callbackOfBlocks(pad(frameOf('hello', 'wwAnotherCorp00000'), 32))
  expect(acceptedBy(callback)).toEqual([WC, W0_, NE])
  weRefuse(callback)
})

test('anything after the message when the receiveId is empty', () => {
  const smart = { ...bot, receiveId: '' }
  const callback = callbackOfBlocks(pad(frameOf('hello', 'anything'), 32))
  expect(acceptedBy(callback, smart)).toEqual([WC, W0_, NE, AB])
  weRefuse(callback, smart)
})

test('padding whose bytes are wrong', () => {
  const padded = pad(frameOf('hello'), 32)
  padded[padded.length - 3]! ^= 1
  const callback = callbackOfBlocks(padded)
  expect(acceptedBy(callback)).toEqual([WC, W0_, NE])
  weRefuse(callback)
})

test('padding out of range', () => {
  const padded = pad(frameOf('hello'), 32)
  padded[padded.length - 1] = 200
  const callback = callbackOfBlocks(padded)
  expect(acceptedBy(callback)).toEqual([WC, W0_, NE])
  weRefuse(callback)
})

test('a msg_len of 2^32 - 1', () => {
  const callback = callbackOfBlocks(pad(frameOf('hello', bot.receiveId, 0xffffffff), 32))
  expect(acceptedBy(callback)).toEqual([WC, W0_, NE])
  weRefuse(callback)
})

test('a message that is no UTF-8', () => {
  const callback = callbackOf(Buffer.from('68656cff6f', 'hex'))
  expect(acceptedBy(callback)).toEqual([WC, W0_, NE, AB])
  weRefuse(callback)
})

test('base64 with spaces, line breaks or the url alphabet in it', () => {
  const { encrypt } = callbackOf('hello')
  for (const text of [
    `${encrypt}\n`,
    ` ${encrypt}`,
    `${encrypt.slice(0, 8)}!!${encrypt.slice(8)}`,
  ]) {
    const callback = { ...signed(Buffer.alloc(0)), encrypt: text }
    callback.msgSignature = wecom.getSignature(bot.token, callback.timestamp, callback.nonce, text)
    expect(acceptedBy(callback)).toEqual([WC, W0_, NE, AB])
    weRefuse(callback)
  }
})

test('a callback that is ten years old, or has no valid timestamp', () => {
  for (const timestamp of ['1384000000', '0', 'yesterday']) {
    const callback = callbackOf('hello', { timestamp })
    expect(acceptedBy(callback)).toEqual([WC, W0_, NE, AB])
    weRefuse(callback)
  }
})

test('the same signature for another division of timestamp and nonce', () => {
  const { timestamp, nonce, ...rest } = callbackOf('hello')
  const joined = [timestamp, nonce].sort().join('')
  const callback = { ...rest, timestamp: joined.slice(0, 9), nonce: joined.slice(9) }
  expect(acceptedBy(callback)).toEqual([WC, W0_, NE, AB])
  weRefuse(callback)
})

test('a ciphertext padded to 16', () => {
  const padded = pad(frameOf('a message of 40 characters, or nearly so'), 16)
  expect(padded.length % 32).toBe(16)
  const callback = signed(encryptBlocks(padded))
  expect(acceptedBy(callback)).toEqual([WC, W0_, NE, AB])
  weRefuse(callback)
})

test('an EncodingAESKey with one = too many', () => {
  const config = { ...bot, encodingAesKey: `${bot.encodingAesKey}=` }
  expect(acceptedBy(callbackOf('hello'), config)).toEqual([WC, W0_, NE, AB])
  expect(() => openCallback(config, callbackOf('hello'), { now })).toThrow(TypeError)
})

test('open data of another app, or ten years old', () => {
  const appid = 'wx4f4bc4dec97d474b'
  for (const watermark of [
    { appid: 'wxANOTHER', timestamp: now },
    { appid, timestamp: 1384000000 },
  ]) {
    const proof = proofOf(JSON.stringify({ openGId: 'G', watermark }))
    const { sessionKey, iv, encryptedData } = proof
    expect(EasyDecryptor.decrypt(sessionKey, iv, encryptedData)).toMatchObject({ openGId: 'G' })
    expect(outcome(() => openData(proof, { appid, now }))).toBe(proofRejected)
  }
})

test('a padding error of node-easywechat differs from other errors', () => {
  const message = (plain: string, spoil: boolean) => {
    const { sessionKey, iv, encryptedData } = proofOf(plain)
    const bytes = Buffer.from(encryptedData, 'base64')
    if (spoil) bytes[bytes.length - 20]! ^= 64
    try {
      return String(EasyDecryptor.decrypt(sessionKey, iv, bytes.toString('base64')))
    } catch (error) {
      return (error as Error).message
    }
  }
  const text = 'not JSON, of 32 characters or so'
  expect(message(text, true)).not.toBe(message(text, false))
})
