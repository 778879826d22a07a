import { hash, timingSafeEqual } from 'node:crypto'
import { CryptoError, ERR_CALLBACK_REJECTED } from './crypto-error.js'
import { decodedSize, decodeInto } from './lib/base64.js'
import { callbackStates, type CallbackKeys, type CallbackState } from './lib/callback-key.js'
import { isFresh, readWindow, type Freshness, type Window } from './lib/freshness.js'
import { openFrame } from './lib/open-frame.js'
import { signAscii } from './lib/signature.js'

/** What arrived, all of it unproven. Strings as in the query and the body, URL-decoded once. */
export interface CallbackInput {
  /** `msg_signature`: 40 lower-case hex digits. */
  readonly msgSignature: string
  /** Unix seconds, 10 digits. */
  readonly timestamp: string
  /** 1 to 64 visible ASCII characters. */
  readonly nonce: string
  /** base64: the body's `encrypt`, or `echostr` when the URL is being verified. */
  readonly encrypt: string
}

/**
 * A callback that is genuine and fresh. A class, because an object with a getter of its own costs as much to make as the
 * decryption; so copy its properties by name: a spread (`{ ...callback }`) takes no `replayKey` along, as its type says.
 */
class OpenedCallback {
  /** JSON or XML as the platform wrote it. For a URL verification: what to answer, byte for byte. */
  readonly message: string
  readonly #encrypt: string
  #replayKey: string | undefined

  /** @internal */
  constructor(message: string, encrypt: string) {
    this.message = message
    this.#encrypt = encrypt
  }

  /**
   * SHA-256 of the decoded ciphertext, 64 lower-case hex digits. Record it and handle each once:
   * the signature has no separators, so one fits several timestamps and nonces. Computed when read: it is a quarter of
   * the whole cost, and verifying a URL does not need it.
   */
  get replayKey(): string {
    return (this.#replayKey ??= hash('sha256', Buffer.from(this.#encrypt, 'base64'), 'hex'))
  }
}

const isTimestamp = /^\d{10}$/
// 64: a longer nonce could take over characters from the ciphertext, 128 at a time, and still fit
// the signature, because the platform signs a concatenation without separators.
const isNonce = /^[\x21-\x7e]{1,64}$/

let scratch = Buffer.alloc(4096)
const largestKept = 65_536
const given = Buffer.alloc(40)
const expected = Buffer.alloc(40)

const readCiphertext = (encrypt: string): Buffer | undefined => {
  const size = decodedSize(encrypt)
  const target = size <= scratch.length ? scratch : Buffer.allocUnsafe(size)
  if (size <= largestKept) scratch = target
  const decoded = decodeInto(target, 0, encrypt)
  // WeCom 90968: pad to 32, not 16
  return decoded >= 32 && decoded % 32 === 0 ? target.subarray(0, decoded) : undefined
}

const open = (
  bot: readonly CallbackState[],
  input: CallbackInput,
  window: Window,
): OpenedCallback | undefined => {
  const { msgSignature, timestamp, nonce, encrypt } = input
  if (typeof msgSignature !== 'string' || typeof timestamp !== 'string') return undefined
  if (typeof nonce !== 'string' || typeof encrypt !== 'string') return undefined
  // As UTF-8, 40 bytes of 40 characters are ASCII; no other character can pass for a hex digit.
  if (msgSignature.length !== 40 || given.write(msgSignature) !== 40) return undefined
  if (!isTimestamp.test(timestamp) || !isNonce.test(nonce)) return undefined
  if (!isFresh(Number(timestamp), window)) return undefined
  const ciphertext = readCiphertext(encrypt)
  if (ciphertext === undefined) return undefined
  let message: string | undefined
  // Every key, also after one opened it: two may share a token while an EncodingAESKey is changed.
  for (const state of bot) {
    expected.write(signAscii(state.token, timestamp, nonce, encrypt), 'latin1')
    if (!timingSafeEqual(given, expected)) continue
    message = openFrame(state.decrypt(ciphertext), state.receiveId) ?? message
  }
  return message === undefined ? undefined : new OpenedCallback(message, encrypt)
}

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
  const states = callbackStates(bot)
  if (states.length === 0) throw new TypeError('bot must hold at least one configuration')
  const window = readWindow(options)
  const callback = open(states, (input ?? {}) as CallbackInput, window)
  if (callback === undefined) throw new CryptoError(ERR_CALLBACK_REJECTED)
  return callback
}

export type { OpenedCallback }
