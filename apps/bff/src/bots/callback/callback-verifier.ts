import { Inject, Injectable } from '@nestjs/common'
import { type CallbackFault, judgeCallback } from '@sealcard/crypto'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { type Bot, type BotKey, Bots } from '../registry/bots.service.js'
import type { Cause, Refused } from '../registry/cause.js'

/** The query of every callback (WeCom 101033). `echostr` comes only with the verification of the URL. */
export interface CallbackQuery {
  readonly msgSignature: string
  readonly timestamp: string
  readonly nonce: string
  readonly echostr: string | undefined
}

/** Longer than any query of the platform. An echostr has about 100 bytes. */
const MAX_QUERY = 8192

/** The forms that `openCallback` takes. The platform signs no others. */
const SIGNATURE = /^[0-9a-f]{40}$/
const TIMESTAMP = /^\d{10}$/
const NONCE = /^[\x21-\x7e]{1,64}$/

/**
 * Reads the query from the raw URL. Decodes percent signs once and leaves `+`: base64 may contain a plus, and no value
 * contains a space. A form decoder would turn the plus into a space, and the signature would fail.
 * @returns undefined when a key is missing, has another form, or is there twice: two readers of one URL must agree
 */
export const readCallbackQuery = (url: string): CallbackQuery | undefined => {
  const at = url.indexOf('?')
  const query = at < 0 ? '' : url.slice(at + 1)
  if (query.length > MAX_QUERY) return undefined
  const values = new Map<string, string>()
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const split = pair.indexOf('=')
    const key = decode(split < 0 ? pair : pair.slice(0, split))
    const value = decode(split < 0 ? '' : pair.slice(split + 1))
    if (key === undefined || value === undefined || values.has(key)) return undefined
    values.set(key, value)
  }
  const msgSignature = values.get('msg_signature') ?? ''
  const timestamp = values.get('timestamp') ?? ''
  const nonce = values.get('nonce') ?? ''
  if (!SIGNATURE.test(msgSignature) || !TIMESTAMP.test(timestamp) || !NONCE.test(nonce))
    return undefined
  return { msgSignature, timestamp, nonce, echostr: values.get('echostr') }
}

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** `{"encrypt":"…"}` has one of each. The rest is room for further fields. */
const MOST = 32
const STRUCTURE = ['{', '[', ',', ':'] as const

/**
 * Takes `encrypt` out of the envelope, which no signature covers, and reads nothing else. Does not parse what has more
 * structure than an envelope: thousands of brackets or keys cost more than the verification.
 * @param body raw bytes @returns `encrypt`; undefined when the body is no envelope
 */
export const sealedIn = (body: unknown): string | undefined => {
  if (!Buffer.isBuffer(body) || !STRUCTURE.every((mark) => isRare(body, mark))) return undefined
  try {
    const envelope: unknown = JSON.parse(body.toString('utf8'))
    if (typeof envelope !== 'object' || envelope === null) return undefined
    if (!Object.hasOwn(envelope, 'encrypt')) return undefined
    const { encrypt } = envelope as { encrypt: unknown }
    return typeof encrypt === 'string' ? encrypt : undefined
  } catch {
    return undefined
  }
}

const isRare = (body: Buffer, mark: string): boolean => {
  let at = -1
  for (let seen = 0; seen <= MOST; seen++) {
    at = body.indexOf(mark, at + 1, 'latin1')
    if (at < 0) return true
  }
  return false
}

/** A callback that the platform signed, within the last 300 s. */
export interface VerifiedCallback {
  readonly bot: Bot
  readonly plaintext: string
  /** SHA-256 of the ciphertext. */
  readonly replayKey: string
  /** The keys that opened it. The same keys seal the reply. */
  readonly key: BotKey
  readonly nonce: string
}

/** Seconds before or after our clock; the default of `openCallback`. */
const TOLERANCE = 300

const refused = (cause: Cause): Refused => ({ refused: cause })

/** Accepts callbacks of the platform and refuses all others. Does not read the message. */
@Injectable()
export class CallbackVerifier {
  constructor(
    private readonly bots: Bots,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Checks the query before the body arrives. Ignores the name of the bot: otherwise a slow sender would learn which bots
   * exist.
   */
  judgeQuery(url: string): CallbackQuery | Refused {
    const query = readCallbackQuery(url)
    if (!query) return refused('query')
    const age = Math.floor(this.clock.now() / 1000) - Number(query.timestamp)
    return Math.abs(age) <= TOLERANCE ? query : { refused: 'time', seconds: age }
  }

  /** The verification of a URL. The answer is `plaintext`, byte for byte. */
  verify(botId: string, url: string): VerifiedCallback | Refused {
    const query = this.judgeQuery(url)
    if ('refused' in query) return query
    return query.echostr === undefined ? refused('query') : this.#open(botId, query, query.echostr)
  }

  /** @param body raw bytes, of any Content-Type */
  admit(botId: string, url: string, body: unknown): VerifiedCallback | Refused {
    const query = this.judgeQuery(url)
    if ('refused' in query) return query
    const encrypt = sealedIn(body)
    return encrypt === undefined ? refused('body') : this.#open(botId, query, encrypt)
  }

  #open(botId: string, query: CallbackQuery, encrypt: string): VerifiedCallback | Refused {
    const bot = this.bots.find(botId)
    if (!bot) return refused('bot')
    const now = this.clock.now()
    const { msgSignature, timestamp, nonce } = query
    const input = { msgSignature, timestamp, nonce, encrypt }
    const options = { now: Math.floor(now / 1000), tolerance: TOLERANCE }
    let furthest: Sealed = 'signature'
    for (const { key, until } of bot.keySets) {
      if (now >= until) continue
      const verdict = judgeCallback(key, input, options)
      if (typeof verdict !== 'string') {
        const { message, replayKey } = verdict
        return { bot, plaintext: message, replayKey, key, nonce }
      }
      furthest = SEALED[Math.max(SEALED.indexOf(furthest), SEALED.indexOf(sealedFault(verdict)))]!
    }
    return refused(furthest)
  }
}

/** Faults of keys, in the order of the checks. With several keys the furthest fault counts. */
const SEALED = ['signature', 'key', 'receiveid'] as const
type Sealed = (typeof SEALED)[number]

/** The query and the time are right here. So a wrong form is the ciphertext's: a gateway changed it. */
const sealedFault = (fault: CallbackFault): Sealed =>
  fault === 'form' || fault === 'time' ? 'signature' : fault
