import { Inject, Injectable } from '@nestjs/common'
import { type CallbackFault, judgeCallback } from '@sealcard/crypto'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { type Bot, type BotKey, Bots } from '../registry/bots.service.js'
import type { Cause, Refused } from '../registry/cause.js'
import { type CallbackQuery, readCallbackQuery } from './callback-query.js'
import { sealedIn } from './envelope.js'

/** A callback that is genuine and fresh. */
export interface Genuine {
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
export class CallbackGate {
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
  verify(botId: string, url: string): Genuine | Refused {
    const query = this.judgeQuery(url)
    if ('refused' in query) return query
    return query.echostr === undefined ? refused('query') : this.#open(botId, query, query.echostr)
  }

  /** @param body as it came, of any Content-Type */
  admit(botId: string, url: string, body: unknown): Genuine | Refused {
    const query = this.judgeQuery(url)
    if ('refused' in query) return query
    const encrypt = sealedIn(body)
    return encrypt === undefined ? refused('body') : this.#open(botId, query, encrypt)
  }

  #open(botId: string, query: CallbackQuery, encrypt: string): Genuine | Refused {
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
