import { patternArgument, objectArgument, textArgument } from './lib/argument.js'
import { callbackState, type CallbackConfig, type CallbackKey } from './lib/callback-key.js'
import { padTo32 } from './lib/padding.js'
import { fillRandom, type RandomSource } from './lib/random.js'
import { signAscii } from './lib/signature.js'

/** What goes with a reply. */
export interface ReplyOptions {
  /** Unix time in seconds, 10 digits. */
  readonly timestamp: number | string
  /** The callback's own nonce for a smart bot; any for an app. 1 to 64 visible ASCII characters. */
  readonly nonce: string
  /** Where the 16 random bytes come from; node:crypto's generator by default. */
  readonly random?: RandomSource
}

/** A smart bot's reply body, ready for JSON. */
export interface SealedReply {
  readonly encrypt: string
  readonly msgsignature: string
  /** Unix time in seconds. */
  readonly timestamp: number
  readonly nonce: string
}

let scratch = Buffer.alloc(4096)
const largestKept = 65_536

/**
 * Encrypts and signs a passive reply. A lone surrogate in `message` is sealed as U+FFFD, the way
 * every UTF-8 encoder has it.
 *
 * @param bot a configuration, or a handle of `createCallbackKey`.
 * @param message the plaintext reply: JSON for a smart bot.
 * @throws {TypeError} naming the argument that is not what it must be.
 * @see https://developer.work.weixin.qq.com/document/path/90968
 *
 * @example
 * response.json(sealReply(bot, JSON.stringify(reply), { timestamp: clock.seconds(), nonce }))
 */
export const sealReply = (
  bot: CallbackConfig | CallbackKey,
  message: string,
  options: ReplyOptions,
): SealedReply => {
  const state = callbackState(bot)
  const text = textArgument(message, 'message')
  const { timestamp, nonce, random } = objectArgument(options, 'options')
  const time = patternArgument(`${timestamp}`, 'timestamp', /^\d{10}$/, 'Unix time in seconds')
  const rule = '1 to 64 visible ASCII characters'
  patternArgument(nonce, 'nonce', /^[\x21-\x7e]{1,64}$/, rule)

  // UTF-8 takes at most 3 bytes per UTF-16 unit; 20 in front, 32 of padding.
  const most = text.length * 3 + state.receiveId.length + 52
  const frame = most <= scratch.length ? scratch : Buffer.allocUnsafe(most)
  if (most <= largestKept) scratch = frame
  fillRandom(frame, 0, 16, random)
  const size = frame.write(text, 20)
  frame.writeUInt32BE(size, 16)
  state.receiveId.copy(frame, 20 + size)
  const padded = frame.subarray(0, padTo32(frame, 20 + size + state.receiveId.length))
  const encrypt = state.encrypt(padded).toString('base64')
  padded.fill(0)
  const msgsignature = signAscii(state.token, time, nonce, encrypt)
  return { encrypt, msgsignature, timestamp: Number(time), nonce }
}
