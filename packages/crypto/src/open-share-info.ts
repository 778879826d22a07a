import { CryptoError, ERR_PROOF_REJECTED } from './crypto-error.js'
import { jsonProofOpener } from './lib/open-json-proof.js'
import type { ProofInput } from './lib/open-proof.js'
import { textAt, type ByteRange } from './lib/text-at.js'

/** What WeCom says about the share that a member opened. */
export interface ShareInfo {
  /** The group's id; `''` in a 1-to-1 chat. Not authenticated: show it, never decide on it. */
  readonly chatId: string
  /** What the sharer's page gave to `setShareAttr`. */
  readonly state: string
  /** The member who opened the card: userid, or encrypted open_userid in a third-party app. */
  readonly curReceiver: string
  /**
   * The bytes of the plaintext that hold `state`, between its quotes. They lie in the blocks of the decoded
   * ciphertext from byte `16 * Math.floor(start / 16)` to byte `16 * Math.ceil(end / 16)`. Remember a used proof by
   * the SHA-256 of these blocks. The holder of a proof can exchange every other block, and the IV.
   *
   * Not enumerable: copies, JSON and comparisons of the info are without it.
   */
  readonly stateAt: ByteRange
}

const openJsonProof = jsonProofOpener(
  '{"chatId":"wrG","state":"',
  '","curReceiver":"zhangsan"}',
  '16 or 32',
)

/**
 * A lone surrogate equals U+FFFD once it was stored as UTF-8, so it could pass for another text.
 *
 * @returns 0 for a sound text; looked at in the same steps when it is no text at all.
 */
const textFault = (value: unknown): number => {
  const typed = typeof value === 'string'
  const whole = (typed ? value : 'wrG').isWellFormed()
  return (typed ? 0 : 1) | (whole ? 0 : 1)
}

/**
 * Opens the proof of WeCom's `wx.qy.getShareInfo`, and of `ww.getShareInfo` in a web page.
 *
 * The platform documents all three fields as optional. Here `state` and `curReceiver` must be
 * there and not empty, because without them nothing is proven; a missing `chatId` reads `''`.
 * Fields that the platform may add are ignored; a key that comes twice is refused. Compare `state` with the declared one and
 * `curReceiver` with the session's member yourself.
 *
 * @param input `sessionKey`, the server's own: base64 of 16 bytes, or in a web page what `deriveTicketKey` returned. From
 *   the client `encryptedData` (base64) and `iv` (base64, 16 bytes).
 * @throws {CryptoError} `ERR_PROOF_REJECTED` for anything wrong with what the client sent.
 * @throws {TypeError} when `sessionKey` is not canonical base64 of 16 or 32 bytes.
 * @see https://developer.work.weixin.qq.com/document/path/94337
 *
 * @example
 * const { chatId, state, curReceiver } = openShareInfo({ sessionKey, encryptedData, iv })
 */
export const openShareInfo = (input: ProofInput): ShareInfo => {
  const { value, source, fault } = openJsonProof(input)
  const stateAt = textAt(source, 'state')
  const { chatId = '', state, curReceiver } = value
  const types = textFault(chatId) | textFault(state) | textFault(curReceiver)
  const empty = (state === '' ? 1 : 0) | (curReceiver === '' ? 1 : 0)
  if ((fault | types | empty) !== 0 || !stateAt) throw new CryptoError(ERR_PROOF_REJECTED)
  const info = { chatId, state, curReceiver }
  return Object.defineProperty(info, 'stateAt', { value: stateAt }) as ShareInfo
}
