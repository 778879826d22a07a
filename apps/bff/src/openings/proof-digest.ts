import { createHash } from 'node:crypto'
import type { CreateOpening } from '@sealcard/protocol'

/**
 * Names a proof by its *bytes*: base64 has many spellings of one value (padding, alphabet, stray characters), and each
 * must be recognised as the same proof. @returns SHA-256, base64url
 */
export function proofDigest(appId: string, { encryptedData, iv }: CreateOpening): string {
  const parts = [
    Buffer.from(appId),
    Buffer.from(iv, 'base64'),
    Buffer.from(encryptedData, 'base64'),
  ]
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('base64url')
}
