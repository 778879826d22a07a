import { createCipheriv, createHash } from 'node:crypto'
import type { Proof } from '../../src/platforms/registry/platform.js'

/** 16 bytes that depend on the name alone, base64: a session key or an IV. */
export const key = (name: string): string =>
  createHash('sha256').update(name).digest().subarray(0, 16).toString('base64')

/** What the platform's client hands out: AES-128-CBC, PKCS#7. */
export const seal = (sessionKey: string, plaintext: string | Buffer, iv: string): Proof => {
  const cipher = createCipheriv(
    'aes-128-cbc',
    Buffer.from(sessionKey, 'base64'),
    Buffer.from(iv, 'base64'),
  )
  const encryptedData = Buffer.concat([cipher.update(plaintext), cipher.final()]).toString('base64')
  return { encryptedData, iv }
}

/** WeChat: the bare activityId. */
export const wechatProof = (sessionKey: string, activityId: string, nonce = 'iv'): Proof =>
  seal(sessionKey, activityId, key(nonce))

/** WeCom: share info. */
export const wecomProof = (
  sessionKey: string,
  state: string,
  curReceiver: string,
  nonce = 'iv',
  chatId = 'chat',
): Proof => seal(sessionKey, JSON.stringify({ chatId, state, curReceiver }), key(nonce))
