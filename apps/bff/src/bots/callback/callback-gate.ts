import { Inject, Injectable } from '@nestjs/common'
import { CryptoError, openCallback, type OpenedCallback } from '@sealcard/crypto'
import { CLOCK, type Clock } from '../../ports/clock.js'
import { type Bot, type BotKey, Bots } from '../bots.service.js'
import { readCallbackQuery } from './callback-query.js'

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

/** Lets in what the platform sent, and nothing else. Knows nothing of what is inside. */
@Injectable()
export class CallbackGate {
  constructor(
    private readonly bots: Bots,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The verification of a URL. @returns what to answer, byte for byte; undefined: not authentic */
  verify(botId: string, url: string): string | undefined {
    const query = readCallbackQuery(url)
    return query && this.#open(botId, { ...query, encrypt: query.echostr })?.plaintext
  }

  /** @param body as it came, of any Content-Type @returns undefined: not authentic */
  admit(botId: string, url: string, body: unknown): Genuine | undefined {
    const query = readCallbackQuery(url)
    return query && this.#open(botId, { ...query, encrypt: sealedIn(body) })
  }

  #open(
    botId: string,
    { encrypt, ...query }: Query & { encrypt: string | undefined },
  ): Genuine | undefined {
    const bot = this.bots.find(botId)
    if (!bot || encrypt === undefined) return undefined
    const now = this.clock.now()
    for (const { key, until } of bot.keySets) {
      const opened = now < until ? tryOpen(key, { ...query, encrypt }, now) : undefined
      if (!opened) continue
      const { message, replayKey } = opened
      return { bot, plaintext: message, replayKey, key, nonce: query.nonce }
    }
    return undefined
  }
}

interface Query {
  readonly msgSignature: string
  readonly timestamp: string
  readonly nonce: string
}

const tryOpen = (
  key: BotKey,
  input: Query & { encrypt: string },
  now: number,
): OpenedCallback | undefined => {
  try {
    return openCallback(key, input, { now: Math.floor(now / 1000) })
  } catch (error) {
    if (error instanceof CryptoError) return undefined
    throw error
  }
}

/** The envelope is JSON that nobody has vouched for: one string is taken out of it, and nothing else is looked at. */
const sealedIn = (body: unknown): string | undefined => {
  if (!Buffer.isBuffer(body)) return undefined
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
