import { createHash } from 'node:crypto'
import type { CreateOpening } from '@sealcard/protocol'

/** Four blocks of AES. */
const TAIL_BYTES = 64

/**
 * Names a proof by the part of it that nobody can change and still be believed.
 *
 * Not by its text: base64 has many spellings of one value. Not by its IV either, nor by its first blocks: with CBC,
 * whoever holds a used WeCom proof rewrites the first 16 bytes of its plaintext by changing the IV (they are chatId,
 * which decides nothing), and cuts off whole blocks of a chatId that they know. From the beginning of the state to the
 * end of the plaintext are always more than 64 bytes, and every one of them depends on these four blocks: a proof
 * without them is about something else. Two genuine proofs never share them, because every IV is random.
 * @returns SHA-256, base64url
 */
export function proofDigest(appId: string, { encryptedData }: CreateOpening): string {
  const parts = [Buffer.from(appId), Buffer.from(encryptedData, 'base64').subarray(-TAIL_BYTES)]
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('base64url')
}
