import { createHash } from 'node:crypto'

const BLOCK = 16

export const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('base64url')

/**
 * Names a proof by the blocks of its decoded ciphertext that hold the declared value. The holder of a proof can exchange
 * every other block without the key, and the IV: docs/adr/0013. The service gives the same name.
 * @returns SHA-256, base64url
 */
export const proofName = (
  appId: string,
  encryptedData: string,
  { start, end }: { readonly start: number; readonly end: number },
): string => {
  const from = Math.floor(start / BLOCK) * BLOCK
  const to = Math.ceil(end / BLOCK) * BLOCK
  const blocks = Buffer.from(encryptedData, 'base64').subarray(from, to)
  const head = `${Buffer.byteLength(appId)}:${appId}${blocks.length}:`
  return sha256(Buffer.concat([Buffer.from(head), blocks]))
}
