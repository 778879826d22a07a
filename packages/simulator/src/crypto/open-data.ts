import { createCipheriv, createDecipheriv } from 'node:crypto'

/**
 * WeChat's open data and WeCom's share info, written here a second time on purpose: what Sealcard opens must not have been sealed
 * by Sealcard's own crypto package.
 * W11, Q1 (30225): AES-128-CBC, PKCS#7 to 16, key = base64(session_key), iv and ciphertext in base64.
 */
export interface OpenData {
  encryptedData: string
  iv: string
}

export const sealOpenData = (sessionKey: string, iv: Buffer, plaintext: string): OpenData => {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), iv)
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
  return { encryptedData: sealed.toString('base64'), iv: iv.toString('base64') }
}

/** For tests and for the control plane; throws when the key is not the one it was sealed with. */
export const openOpenData = (sessionKey: string, { encryptedData, iv }: OpenData): string => {
  const key = Buffer.from(sessionKey, 'base64')
  const decipher = createDecipheriv('aes-128-cbc', key, Buffer.from(iv, 'base64'))
  return decipher.update(encryptedData, 'base64', 'utf8') + decipher.final('utf8')
}
