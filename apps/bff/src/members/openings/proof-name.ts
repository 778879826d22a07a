import { sha256 } from '../../core/crypto/digest.js'
import type { OpenedProof } from '../../platforms/registry/platform.js'

const BLOCK = 16
/** Four blocks: see `formerProofName`. */
const TAIL_BYTES = 64

/**
 * Names a proof by the blocks of its decoded ciphertext that hold a byte of the declared value.
 *
 * AES-CBC without a MAC lets the holder of a proof exchange everything else in it without the key. So the name leaves
 * out what a holder changes at no cost: the spelling of the base64; the IV; the blocks before the value, the last of them
 * included (it garbles a chatId, which decides nothing); the blocks behind the value (a holder appends the tail of a
 * proof about their own card).
 *
 * A holder can't exchange a block of the value. Its successor decrypts to the XOR with it, so each block is fixed by the
 * one behind it. An exchanged last block would have to decrypt, by chance, to three things: at least one character of the
 * value, which the holder does not know; the quote behind it; and JSON that continues correctly. Of the proofs about a
 * holder's own cards, fewer than one in 10^11 has such a block. Two genuine proofs share no block, because every IV is
 * random.
 * @param declaredAt where the value is written; any place if the proof does not open, because its name is then unused
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
  const head = `${Buffer.byteLength(appId)}:${appId}${blocks.length}:`
  return sha256(Buffer.concat([Buffer.from(head), blocks]), 'base64url')
}
