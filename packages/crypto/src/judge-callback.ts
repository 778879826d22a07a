import type { CallbackKeys } from './lib/callback-key.js'
import {
  readCallback,
  type CallbackFault,
  type CallbackInput,
  type OpenedCallback,
} from './lib/callback.js'
import type { Freshness } from './lib/freshness.js'

/**
 * `openCallback` that also says at which check a callback failed. Write it to the operator's log only: a sender who
 * can distinguish `key` from `receiveid` has an oracle. Answer every refusal alike.
 *
 * @param bot as for `openCallback`. @param input as for `openCallback`. @param options as for `openCallback`.
 * @returns the callback, or a string: `form`, `time`, `signature`, `key` or `receiveid`, the furthest of all keys.
 * @throws {TypeError} when the configuration, `now` or `tolerance` is not what it must be.
 *
 * @example
 * const judged = judgeCallback(bot, { msgSignature, timestamp, nonce, encrypt }, { now })
 * if (typeof judged === 'string') log.warn({ cause: judged }, 'a callback was refused')
 */
export const judgeCallback = (
  bot: CallbackKeys,
  input: CallbackInput,
  options: Freshness,
): OpenedCallback | CallbackFault => readCallback(bot, input, options)

export type { CallbackFault }
