import { decodeUrl } from './base64.js'

/** `v1.<key id>.<base64url of nonce(12) | ciphertext | tag(16)>` */
const pattern = /^v1\.([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]+)$/

export const nonceSize = 12
export const tagSize = 16

export interface Envelope {
  readonly keyId: string
  readonly body: Buffer
}

export const headerOf = (keyId: string): string => `v1.${keyId}`

export const readEnvelope = (envelope: unknown): Envelope | undefined => {
  const found = typeof envelope === 'string' ? pattern.exec(envelope) : null
  if (found === null) return undefined
  const body = decodeUrl(found[2]!)
  if (body === undefined || body.length < nonceSize + tagSize) return undefined
  return { keyId: found[1]!, body }
}

/** What the tag covers besides the ciphertext: the header, a zero byte, and the caller's data. */
export const boundData = (keyId: string, aad: string | Uint8Array): Buffer => {
  const header = `${headerOf(keyId)}\0`
  if (typeof aad === 'string') return Buffer.from(header + aad)
  if (!(aad instanceof Uint8Array)) throw new TypeError('aad must be a string or a Uint8Array')
  return Buffer.concat([Buffer.from(header), aad])
}
