import { hash, timingSafeEqual } from 'node:crypto'
import { decodedSize, decodeInto } from './base64.js'
import { callbackStates, type CallbackKeys, type CallbackState } from './callback-key.js'
import { isFresh, readWindow, type Freshness, type Window } from './freshness.js'
import { namesAnother, openFrame } from './open-frame.js'
import { signAscii } from './signature.js'

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
export class OpenedCallback {
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
// 64: the platform signs a concatenation without separators. So a longer nonce could take over
// characters from the ciphertext, 128 at a time, under the same signature.
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

/** In the order of the checks: each got further than the one before. */
const faults = ['form', 'time', 'signature', 'key', 'receiveid'] as const

/**
 * How far a callback got that was refused.
 * - `form`: a part has not the platform's form
 * - `time`: well formed, and too old or ahead; the signature was not looked at
 * - `signature`: no Token fits
 * - `key`: a Token fits, and the text does not open
 * - `receiveid`: it opens, and names another receiver
 */
export type CallbackFault = (typeof faults)[number]

const open = (
  bot: readonly CallbackState[],
  input: CallbackInput,
  window: Window,
): OpenedCallback | CallbackFault => {
  const { msgSignature, timestamp, nonce, encrypt } = input
  if (typeof msgSignature !== 'string' || typeof timestamp !== 'string') return 'form'
  if (typeof nonce !== 'string' || typeof encrypt !== 'string') return 'form'
  // As UTF-8, 40 bytes of 40 characters are ASCII; no other character can pass for a hex digit.
  if (msgSignature.length !== 40 || given.write(msgSignature) !== 40) return 'form'
  if (!isTimestamp.test(timestamp) || !isNonce.test(nonce)) return 'form'
  if (!isFresh(Number(timestamp), window)) return 'time'
  const ciphertext = readCiphertext(encrypt)
  if (ciphertext === undefined) return 'form'
  let message: string | undefined
  let fault: CallbackFault = 'signature'
  // Every key, also after one opened it: two may share a token while an EncodingAESKey is changed.
  for (const state of bot) {
    expected.write(signAscii(state.token, timestamp, nonce, encrypt), 'latin1')
    if (!timingSafeEqual(given, expected)) continue
    const plain = state.decrypt(ciphertext)
    message = openFrame(plain, state.receiveId) ?? message
    // Every fault takes the same steps. Only a sender who knows the Token gets here, and the time shows them nothing.
    if (message === undefined) fault = further(fault, namesAnother(plain) ? 'receiveid' : 'key')
  }
  return message === undefined ? fault : new OpenedCallback(message, encrypt)
}

const further = (a: CallbackFault, b: CallbackFault): CallbackFault =>
  faults.indexOf(a) > faults.indexOf(b) ? a : b

/** @throws {TypeError} when the configuration, `now` or `tolerance` is not what it must be. */
export const readCallback = (
  bot: CallbackKeys,
  input: CallbackInput,
  options: Freshness,
): OpenedCallback | CallbackFault => {
  const states = callbackStates(bot)
  if (states.length === 0) throw new TypeError('bot must hold at least one configuration')
  const window = readWindow(options)
  return open(states, input ?? {}, window)
}
