import { createCipheriv, createDecipheriv, type Cipher, type Decipher } from 'node:crypto'
import { objectArgument, patternArgument, textArgument } from './argument.js'

/** One callback configuration, as an administrator copies it from the platform's console. */
export interface CallbackConfig {
  /** `Token`: up to 32 letters and digits. */
  readonly token: string
  /** `EncodingAESKey`: 43 characters, base64 without its `=`. */
  readonly encodingAesKey: string
  /** corpid for an app, suiteid for a third-party suite, `''` for a smart bot. */
  readonly receiveId: string
}

const algorithm = 'aes-256-cbc'

/** 43 characters, last bits free: the platform's own keys set them. @returns the 32 bytes. */
export const decodeAesKey = (encodingAesKey: unknown): Buffer => {
  const rule = '43 characters of base64, without padding'
  const text = patternArgument(encodingAesKey, 'encodingAesKey', /^[A-Za-z0-9+/]{43}$/, rule)
  return Buffer.from(text, 'base64')
}

/** The same key in every spelling in which a file's key is reported to come. @returns the 32 bytes. */
export const decodeMediaKey = (mediaKey: unknown): Buffer => {
  const rule =
    '32 bytes: 43 characters of base64 or base64url, = behind them or not, or 64 hex digits'
  const form = /^(?:[A-Za-z0-9+/]{43}=?|[A-Za-z0-9_-]{43}=?|[0-9A-Fa-f]{64})$/
  const text = patternArgument(mediaKey, 'encodingAesKey', form, rule)
  return Buffer.from(text, text.length === 64 ? 'hex' : 'base64')
}

// WeCom 90968: IV = AESKey[0..16]; pads to 32, so OpenSSL's own padding to 16 is off.
export const newDecipher = (key: Buffer): Decipher =>
  createDecipheriv(algorithm, key, key.subarray(0, 16)).setAutoPadding(false)

const newCipher = (key: Buffer): Cipher => createCipheriv(algorithm, key, key.subarray(0, 16))

/**
 * One cipher context lives as long as the key: a new one per message is half of the cost of 1 KB.
 * `final` is never called, so CBC chains on the last ciphertext block of the previous message.
 * When decrypting, this garbles only the first block, 16 random bytes that no code reads.
 * When encrypting, `iv XOR last ciphertext block` is added to the first block and resets the chain.
 */
export class CallbackState {
  readonly token: string
  readonly receiveId: Buffer
  readonly #key: Buffer
  readonly #decipher: Decipher
  readonly #chain = Buffer.alloc(16)
  #cipher: Cipher | undefined

  constructor(config: CallbackConfig) {
    const { token, encodingAesKey, receiveId } = objectArgument(config, 'bot')
    // The platform allows letters and digits; other visible ASCII can do no harm.
    const rule = '1 to 32 visible ASCII characters'
    this.token = patternArgument(token, 'token', /^[\x21-\x7e]{1,32}$/, rule)
    this.#key = decodeAesKey(encodingAesKey)
    this.receiveId = Buffer.from(textArgument(receiveId, 'receiveId'))
    this.#decipher = newDecipher(this.#key)
  }

  /** @param ciphertext whole blocks. @returns the plaintext, whose first 16 bytes mean nothing. */
  decrypt(ciphertext: Buffer): Buffer {
    return this.#decipher.update(ciphertext)
  }

  /** @param frame whole blocks; its first is altered. @returns the ciphertext. */
  encrypt(frame: Buffer): Buffer {
    const chain = this.#chain
    const cipher = this.#cipher ?? newCipher(this.#key)
    if (this.#cipher === undefined) chain.fill(0)
    for (let at = 0; at < 16; at++) frame[at]! ^= chain[at]!
    // Should update throw (out of memory), the chain is unknown and the next message starts afresh.
    this.#cipher = undefined
    const sealed = cipher.update(frame)
    this.#cipher = cipher
    for (let at = 0; at < 16; at++) {
      chain[at] = this.#key[at]! ^ sealed[sealed.length - 16 + at]!
    }
    return sealed
  }
}

let stateOf: (key: CallbackKey) => CallbackState
let isKey: (value: object) => value is CallbackKey

/** A configuration checked and derived once; made by `createCallbackKey`. Shows nothing. */
export class CallbackKey {
  readonly #state: CallbackState

  constructor(config: CallbackConfig) {
    this.#state = new CallbackState(config)
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return 'CallbackKey {}'
  }

  static {
    stateOf = (key) => key.#state
    isKey = (value): value is CallbackKey => #state in value
  }
}

/** One configuration, or several while a Token or an EncodingAESKey is being changed. */
export type CallbackKeys = CallbackConfig | CallbackKey | readonly (CallbackConfig | CallbackKey)[]

// The last few plain configurations, by content: a caller may alter its object at any time.
const recent: { token: string; aes: string; id: string; state: CallbackState }[] = []
const maxRecent = 16
let next = 0

const derive = (config: CallbackConfig): CallbackState => {
  const { token, encodingAesKey, receiveId } = config
  for (const entry of recent) {
    if (entry.token === token && entry.aes === encodingAesKey && entry.id === receiveId) {
      return entry.state
    }
  }
  const state = new CallbackState({ token, encodingAesKey, receiveId })
  recent[next] = { token, aes: encodingAesKey, id: receiveId, state }
  next = (next + 1) % maxRecent
  return state
}

/** @returns the derived key of a handle or of a plain configuration. */
export const callbackState = (bot: CallbackConfig | CallbackKey): CallbackState => {
  const given = objectArgument(bot, 'bot')
  return isKey(given) ? stateOf(given) : derive(given)
}

/** @returns one derived key for each. */
export const callbackStates = (bot: CallbackKeys): readonly CallbackState[] =>
  Array.isArray(bot) ? bot.map(callbackState) : [callbackState(bot as CallbackConfig)]
