import { CryptoError, ERR_PROOF_REJECTED } from './crypto-error.js'
import { filledTextArgument } from './lib/argument.js'
import { equal } from './equal.js'
import { isFresh, readWindow, type Freshness } from './lib/freshness.js'
import { jsonProofOpener } from './lib/open-json-proof.js'
import type { ProofInput } from './lib/open-proof.js'

/** Whose data it must be, and how fresh. */
export interface OpenDataOptions extends Freshness {
  /** The mini-program's own appid; the watermark must name it. */
  readonly appid: string
}

const openJsonProof = jsonProofOpener(
  '{"openGId":"',
  '","watermark":{"timestamp":1477314187,"appid":"wx0000000000000000"}}',
  '16',
)

const watermarkOf = (value: unknown): { appid: string; timestamp: number } => {
  const { appid, timestamp } = (value ?? {}) as Record<string, unknown>
  const known = typeof appid === 'string' && Number.isSafeInteger(timestamp)
  return known ? { appid, timestamp: timestamp as number } : { appid: '', timestamp: NaN }
}

/**
 * Opens any WeChat open data that carries a watermark, and enforces the watermark's appid and time.
 * Examples: `getShareInfo`, `getGroupEnterInfo`, `getUserInfo`, WeCom's `getEnterpriseUserInfo`.
 *
 * @param input `sessionKey` (base64, 16 bytes, the server's own), and from the client
 *   `encryptedData` (base64) and `iv` (base64, 16 bytes).
 * @param options `appid`; `now` in Unix seconds; `tolerance` in seconds either way (300).
 * @returns the payload with its watermark. Fields are as the platform sent them, unchecked.
 * @throws {CryptoError} `ERR_PROOF_REJECTED` for anything wrong with what the client sent, another
 *   app's watermark and a stale one included.
 * @throws {TypeError} when `sessionKey`, `appid`, `now` or `tolerance` is not what it must be.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 *
 * @example
 * const { openGId } = openData(
 *   { sessionKey, encryptedData, iv },
 *   { appid: 'wx4f4bc4dec97d474b', now: clock.seconds() },
 * )
 */
export const openData = (input: ProofInput, options: OpenDataOptions): Record<string, unknown> => {
  const window = readWindow(options)
  const own = filledTextArgument(options.appid, 'appid')
  const { value, fault } = openJsonProof(input)
  const { appid, timestamp } = watermarkOf(value.watermark)
  const ours = equal(appid, own)
  const fresh = isFresh(timestamp, window)
  if (fault !== 0 || !ours || !fresh) throw new CryptoError(ERR_PROOF_REJECTED)
  return value
}
