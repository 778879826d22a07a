import { CryptoError, ERR_PROOF_REJECTED } from './crypto-error.js'
import { openProof, type ProofInput } from './lib/open-proof.js'

/**
 * Opens the proof of WeChat's `wx.authPrivateMessage`: the plaintext is the bare activity id, with
 * neither JSON nor watermark around it.
 *
 * Says nothing about who opened the card or when: bind it to the session whose `sessionKey` opened
 * it, and compare the result, whole, with the id that was declared. CBC has no MAC, so a holder of
 * one proof can make others that open to some other text.
 *
 * @param input `sessionKey` (base64, 16 bytes, the server's own), and from the client
 *   `encryptedData` (base64) and `iv` (base64, 16 bytes).
 * @returns the activity id: 1 or more visible ASCII characters.
 * @throws {CryptoError} `ERR_PROOF_REJECTED` for anything wrong with what the client sent.
 * @throws {TypeError} when `sessionKey` is not canonical base64 of 16 bytes.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/share/wx.authPrivateMessage.html
 *
 * @example
 * const activityId = openActivityId({ sessionKey, encryptedData, iv })
 */
export const openActivityId = (input: ProofInput): string => {
  const { plain, fault } = openProof(input)
  const size = plain.length - plain[plain.length - 1]!
  let bad = fault | ((size - 1) >>> 31)
  // Visible ASCII only, every byte looked at: also when the padding is already known to be wrong.
  for (let at = 0; at < plain.length; at++) {
    const inside = (at - size) >> 31
    bad |= inside & (((plain[at]! - 0x21) | (0x7e - plain[at]!)) >>> 31)
  }
  if (bad !== 0) throw new CryptoError(ERR_PROOF_REJECTED)
  return plain.toString('latin1', 0, size)
}
