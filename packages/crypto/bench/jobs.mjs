// What is measured: three jobs, and everyone who can do them, on the same inputs.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import * as ours from '@sealcard/crypto'

const require = createRequire(import.meta.url)
const wecom = require('@wecom/crypto')
const WechatCrypto = require('wechat-crypto')
const EasyEncryptor = require('node-easywechat/dist/Core/Encryptor')
const EasyDecryptor = require('node-easywechat/dist/MiniApp/Decryptor')
const { WecomCrypto } = require('@wecom/aibot-node-sdk')

const count = 256
const now = 1700000000
const token = 'QDG6eK'
const receiveId = 'ww1436e0e65a779aee' // wechat-crypto can't do without one
const encodingAesKey = randomBytes(32).toString('base64').slice(0, 43)
const aesKey = Buffer.from(encodingAesKey, 'base64')
const bot = ours.createCallbackKey({ token, encodingAesKey, receiveId })
const plainBot = { token, encodingAesKey, receiveId }
const timestamp = String(now)

const fill = (size, make) => {
  const spare = size - Buffer.byteLength(make(''))
  // Chinese costs every implementation some 3 µs more to decode: `--ascii` measures without.
  const chinese = process.argv.includes('--ascii')
    ? ''
    : '今天下午三点开会，请带上合同和发票。'.repeat(4)
  return make(chinese + 'a'.repeat(spare - Buffer.byteLength(chinese)))
}
const message = (i) =>
  fill(1024, (content) =>
    JSON.stringify({
      msgid: `CAIQ16HMjQYY/NGagIOAgAMgq4KM0AI=${i}`.padEnd(40, '_'),
      aibotid: 'aib-AAAAAAAAAAAAAAAAAAAAA',
      chatid: 'wrkSFfCgAAxxxxxxxxxxxxxxxx',
      chattype: 'group',
      from: { userid: 'zhangsan' },
      response_url: 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=xxx',
      msgtype: 'text',
      text: { content },
    }),
  )

const callbacks = Array.from({ length: count }, (_, i) => {
  const nonce = String(1372623149 + i)
  const { encrypt, msgsignature } = ours.sealReply(bot, message(i), { timestamp, nonce })
  const joined = [token, timestamp, nonce, encrypt].sort().join('')
  const ciphertext = Buffer.from(encrypt, 'base64')
  return { msgSignature: msgsignature, timestamp, nonce, encrypt, joined, ciphertext }
})

const replies = callbacks.map(({ nonce }, i) => {
  const text = message(i)
  const frame = Buffer.alloc(Math.ceil((20 + 1024 + receiveId.length + 1) / 32) * 32, 1)
  return { nonce, text, frame }
})

const proofs = Array.from({ length: count }, () => {
  const key = randomBytes(16)
  const iv = randomBytes(16)
  const plain = JSON.stringify({
    chatId: 'wrkSFfCgAAxxxxxxxxxxxxxxxxxxxxxx',
    state: randomBytes(32).toString('base64url'),
    curReceiver: 'zhangsan',
    filler: 'x'.repeat(64),
  })
  const cipher = createCipheriv('aes-128-cbc', key, iv)
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
  const [sessionKey, ivText, encryptedData] = [key, iv, ciphertext].map((b) => b.toString('base64'))
  return { key, ivBytes: iv, ciphertext, sessionKey, iv: ivText, encryptedData }
})

const must = (value) => {
  if (!value) throw new Error('an implementation gave no answer')
  return value
}

const w0 = new WechatCrypto(token, encodingAesKey, receiveId)
const easy = new EasyEncryptor(receiveId, token, encodingAesKey, receiveId)
const aibot = new WecomCrypto(token, encodingAesKey, receiveId)

const rawDecrypt = (algorithm, key, iv, ciphertext) => {
  const decipher = createDecipheriv(algorithm, key, iv)
  decipher.setAutoPadding(false)
  return [decipher.update(ciphertext), decipher.final()]
}

/** @type {{ name: string, size: string, run: Record<string, (i: number) => unknown> }[]} */
export const jobs = [
  {
    name: 'open 1 KB callback',
    run: {
      limit: (i) => {
        const c = callbacks[i % count]
        createHash('sha1').update(c.joined).digest('hex')
        return rawDecrypt('aes-256-cbc', aesKey, aesKey.subarray(0, 16), c.ciphertext)
      },
      '@sealcard/crypto': (i) => ours.openCallback(bot, callbacks[i % count], { now }).message,
      '@sealcard/crypto, plain configuration': (i) =>
        ours.openCallback(plainBot, callbacks[i % count], { now }).message,
      '@sealcard/crypto, replay key read': (i) =>
        ours.openCallback(bot, callbacks[i % count], { now }).replayKey,
      '@wecom/crypto': (i) => {
        const c = callbacks[i % count]
        must(wecom.getSignature(token, c.timestamp, c.nonce, c.encrypt) === c.msgSignature)
        return wecom.decrypt(encodingAesKey, c.encrypt).message
      },
      'wechat-crypto': (i) => {
        const c = callbacks[i % count]
        must(w0.getSignature(c.timestamp, c.nonce, c.encrypt) === c.msgSignature)
        return w0.decrypt(c.encrypt).message
      },
      'node-easywechat': (i) => {
        const c = callbacks[i % count]
        return easy.decrypt(c.encrypt, c.msgSignature, c.nonce, c.timestamp)
      },
      '@wecom/aibot-node-sdk': (i) => {
        const c = callbacks[i % count]
        must(aibot.verifySignature(c.msgSignature, c.timestamp, c.nonce, c.encrypt))
        return aibot.decrypt(c.encrypt)
      },
    },
  },
  {
    name: 'seal 1 KB reply',
    run: {
      limit: (i) => {
        const cipher = createCipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, 16))
        cipher.setAutoPadding(false)
        const sealed = [cipher.update(replies[i % count].frame), cipher.final()]
        createHash('sha1')
          .update(callbacks[i % count].joined)
          .digest('hex')
        return sealed
      },
      '@sealcard/crypto': (i) => {
        const { nonce, text } = replies[i % count]
        return ours.sealReply(bot, text, { timestamp: now, nonce }).encrypt
      },
      '@sealcard/crypto, plain configuration': (i) => {
        const { nonce, text } = replies[i % count]
        return ours.sealReply(plainBot, text, { timestamp: now, nonce }).encrypt
      },
      '@wecom/crypto': (i) => {
        const { nonce, text } = replies[i % count]
        const encrypt = wecom.encrypt(encodingAesKey, text, receiveId)
        return wecom.getSignature(token, now, nonce, encrypt)
      },
      'wechat-crypto': (i) => {
        const { nonce, text } = replies[i % count]
        return w0.getSignature(now, nonce, w0.encrypt(text))
      },
      'node-easywechat (XML included)': (i) => {
        const { nonce, text } = replies[i % count]
        return easy.encrypt(text, nonce, timestamp)
      },
      '@wecom/aibot-node-sdk': (i) => {
        const { nonce, text } = replies[i % count]
        return aibot.encrypt(text, timestamp, nonce).signature
      },
    },
  },
  {
    name: 'open 200 B proof',
    run: {
      limit: (i) => {
        const p = proofs[i % count]
        return rawDecrypt('aes-128-cbc', p.key, p.ivBytes, p.ciphertext)
      },
      '@sealcard/crypto': (i) => ours.openShareInfo(proofs[i % count]).state,
      'node-easywechat': (i) => {
        const p = proofs[i % count]
        return EasyDecryptor.decrypt(p.sessionKey, p.iv, p.encryptedData).state
      },
    },
  },
]

for (const { name, run } of jobs) {
  for (const [who, work] of Object.entries(run)) {
    for (let i = 0; i < count; i++) if (!work(i)) throw new Error(`${who} can't ${name}`)
  }
}
