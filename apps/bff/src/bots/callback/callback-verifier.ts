import { Inject, Injectable } from '@nestjs/common'
import { type CallbackFault, judgeCallback } from '@sealcard/crypto'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { type Bot, type BotKey, Bots } from '../registry/bots.service.js'
import type { Cause, Refused } from '../registry/cause.js'

/** What every callback carries in its URL (WeCom 101033); `echostr` only when the URL is being verified. */
export interface CallbackQuery {
  readonly msgSignature: string
  readonly timestamp: string
  readonly nonce: string
  readonly echostr: string | undefined
}

/** Longer than any query of the platform's: an echostr is about 100 bytes. */
const MAX_QUERY = 8192

/** As `openCallback` takes them: whatever else it is, it is not signed by the platform. */
const SIGNATURE = /^[0-9a-f]{40}$/
const TIMESTAMP = /^\d{10}$/
const NONCE = /^[\x21-\x7e]{1,64}$/

/**
 * Reads the query from the URL as it came: percent-decoded once, and `+` stays `+`, because none of the values may hold a
 * space and base64 may hold a plus (a form decoder turns it into a space, and the signature fails).
 * @returns undefined when a key is there twice, whatever key, because two readers of one URL must not disagree; when one
 * is missing, or has not the platform's form
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

/** `{"encrypt":"…"}` has one of each; there is room for a few fields more. */
const MOST = 32
const STRUCTURE = ['{', '[', ',', ':'] as const

/**
 * The envelope is JSON that nobody has vouched for: one string is taken out of it, and nothing else is looked at. What has
 * more structure than an envelope is not parsed: thousands of brackets or keys cost more than all that follows.
 * @param body as it came @returns `encrypt`; undefined for whatever is no envelope
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

/** A callback that is genuine and fresh. */
export interface VerifiedCallback {
  readonly bot: Bot
  readonly plaintext: string
  /** SHA-256 of the ciphertext. */
  readonly replayKey: string
  /** The keys that opened it; the reply is sealed with the same. */
  readonly key: BotKey
  readonly nonce: string
}

/** Seconds either way; as `openCallback` has it by default. */
const TOLERANCE = 300

const refused = (cause: Cause): Refused => ({ refused: cause })

/** Lets in what the platform sent, and nothing else. Knows nothing of what is inside. */
@Injectable()
export class CallbackVerifier {
  constructor(
    private readonly bots: Bots,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What can be told without the body. The name of the bot is not looked at: who sends slowly must not learn from it
   * which bots there are.
   */
  judgeQuery(url: string): CallbackQuery | Refused {
    const query = readCallbackQuery(url)
    if (!query) return refused('query')
    const age = Math.floor(this.clock.now() / 1000) - Number(query.timestamp)
    return Math.abs(age) <= TOLERANCE ? query : { refused: 'time', seconds: age }
  }

  /** The verification of a URL: its `plaintext` is to be answered, byte for byte. */
  verify(botId: string, url: string): VerifiedCallback | Refused {
    const query = this.judgeQuery(url)
    if ('refused' in query) return query
    return query.echostr === undefined ? refused('query') : this.#open(botId, query, query.echostr)
  }

  /** @param body as it came, of any Content-Type */
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
      const judged = judgeCallback(key, input, options)
      if (typeof judged !== 'string') {
        const { message, replayKey } = judged
        return { bot, plaintext: message, replayKey, key, nonce }
      }
      furthest = SEALED[Math.max(SEALED.indexOf(furthest), SEALED.indexOf(sealedFault(judged)))]!
    }
    return refused(furthest)
  }
}

/** What can be wrong with keys, in the order of the checks: each got further than the one before. */
const SEALED = ['signature', 'key', 'receiveid'] as const
type Sealed = (typeof SEALED)[number]

/** Query and time were judged before; what is left of a wrong form is the ciphertext's, changed on its way. */
const sealedFault = (fault: CallbackFault): Sealed =>
  fault === 'form' || fault === 'time' ? 'signature' : fault
