import { createCipheriv, randomBytes } from 'node:crypto'

/** As the platforms encrypt: AES-128-CBC, padded to 16. */
export const sealed = (plain: string, sessionKey: string) => {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), iv)
  const encryptedData = Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
  return { encryptedData, iv: iv.toString('base64') }
}

export const newKey = () => randomBytes(16).toString('base64')
