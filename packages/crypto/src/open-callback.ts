import { CryptoError, ERR_CALLBACK_REJECTED } from './crypto-error.js'
import type { CallbackKeys } from './lib/callback-key.js'
import { readCallback, type CallbackInput, type OpenedCallback } from './lib/callback.js'
import type { Freshness } from './lib/freshness.js'

/**
 * Verifies and opens a WeCom callback (an app's, a suite's or a smart bot's): signature, freshness,
 * strict base64, padding, frame, receiveId, UTF-8, in that order, with one failure for all.
 *
 * @param bot a configuration, a handle of `createCallbackKey`, or an array of them: each is tried.
 * @param input what arrived. Of any type: whatever it is, it is refused, not a crash.
 * @param options `now` in Unix seconds; `tolerance` in seconds either way, inclusive (300).
 * @throws {CryptoError} `ERR_CALLBACK_REJECTED`, for every cause.
 * @throws {TypeError} when the configuration, `now` or `tolerance` is not what it must be.
 * @see https://developer.work.weixin.qq.com/document/path/90968
 *
 * @example
 * const { message, replayKey } = openCallback(
 *   { token, encodingAesKey, receiveId: '' },
 *   { msgSignature, timestamp, nonce, encrypt },
 *   { now: clock.seconds() },
 * )
 */
export const openCallback = (
  bot: CallbackKeys,
  input: CallbackInput,
  options: Freshness,
): OpenedCallback => {
  const read = readCallback(bot, input, options)
  if (typeof read === 'string') throw new CryptoError(ERR_CALLBACK_REJECTED)
  return read
}

export type { CallbackInput, OpenedCallback }
