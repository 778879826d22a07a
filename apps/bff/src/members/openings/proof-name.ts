import { createHash } from 'node:crypto'
import type { OpenedProof } from '../../platforms/registry/platform.js'

const BLOCK = 16
/** Four blocks: see `formerProofName`. */
const TAIL_BYTES = 64

/**
 * Names a proof by the blocks of its decoded ciphertext that hold a byte of the declared value.
 *
 * AES-CBC without a MAC lets whoever holds a proof exchange everything else of it without the key. Not named by, because
 * it changes at no cost: the spelling of the base64; the IV; the blocks before the value, the last of them included (it
 * garbles a chatId, which decides nothing); the blocks behind it (a tail of a proof about a card of one's own).
 *
 * A block of the value can't be exchanged: its successor decrypts to the XOR with it, so each is fixed by the one behind
 * it. Out of another last one there would have to come, by chance, at least one character of the value, which the holder
 * does not know, the quote behind it and JSON that goes on: fewer than one of 10^11 proofs of one's own has such a block.
 * Two genuine proofs share no block, because every IV is random.
 * @param declaredAt where the value is written; of a proof that does not open whatever is at hand: nothing is done
 *   with its name
 * @returns SHA-256, base64url
 */
export const proofName = (
  appId: string,
  encryptedData: string,
  { start, end }: OpenedProof['declaredAt'],
): string => {
  const from = Math.floor(start / BLOCK) * BLOCK
  const to = Math.ceil(end / BLOCK) * BLOCK
  return hash(appId, Buffer.from(encryptedData, 'base64').subarray(from, to))
}

/**
 * The name that earlier versions recorded: the last 64 bytes of the ciphertext, whatever they hold. A proof that was
 * used then stays used: both names are looked up for as long as there are such rows.
 */
export const formerProofName = (appId: string, encryptedData: string): string =>
  hash(appId, Buffer.from(encryptedData, 'base64').subarray(-TAIL_BYTES))

const hash = (appId: string, blocks: Uint8Array): string => {
  const result = createHash('sha256')
  for (const part of [Buffer.from(appId), blocks]) result.update(`${part.length}:`).update(part)
  return result.digest('base64url')
}
