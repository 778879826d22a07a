import { Inject, Injectable } from '@nestjs/common'
import { z } from 'zod'
import { roundRobin } from '../../core/concurrency/round-robin.js'
import type { WecomAppConfig } from '../../core/config/config.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { HOUR, MINUTE, SECOND } from '../../core/time.js'
import { PlatformError } from '../../platforms/calls/platform-error.js'
import { PlatformHttp } from '../../platforms/calls/platform-http.js'
import { AccessTokens } from '../../platforms/tokens/access-tokens.js'
import { People } from '../chat-members/person.js'
import { BotLog } from '../registry/bot-log.js'
import { BotMetrics } from '../registry/bot-metrics.js'
import { Bots, type Bot } from '../registry/bots.service.js'
import type { BotNoticeEntity } from '../storage/bot-notice.entity.js'
import { BotNoticeRepository, type NoticeBatch } from '../storage/bot-notice.repository.js'
import { messageText, NoticeLines } from './notice-lines.js'

/** Notices of each bot that are looked at in one go. */
const AT_ONCE = 500
/** Less than the platform's longest time of recognising what is sent again (90236: at most 4 hours). */
const TRIED_FOR_MS = 3 * 60 * MINUTE
const DUPLICATES_S = (4 * HOUR) / SECOND
/** 45009: too many calls; 45033: too many at once. */
const TRY_LATER: readonly number[] = [45009, 45033]
/** As WeCom's directory has them (90195). Anything else could mean more people than one: `|` divides, `@all` is all. */
const USERID = /^[0-9A-Za-z][\w\-@.]{0,63}$/

const names = z.unknown().optional()
const answer = z.looseObject({ invaliduser: names, unlicenseduser: names })

type Outcome = 'sent' | 'retried' | 'refused'

/** The notices as messages of the bot's app (发送应用消息, 90236): one to each owner at a time. */
@Injectable()
export class AppMessages {
  constructor(
    private readonly notices: BotNoticeRepository,
    private readonly bots: Bots,
    private readonly people: People,
    private readonly lines: NoticeLines,
    private readonly tokens: AccessTokens,
    private readonly http: PlatformHttp,
    private readonly log: BotLog,
    private readonly metrics: BotMetrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async sendDue(stopped: () => boolean): Promise<void> {
    const bots = this.bots.sending()
    // When a platform does not answer one, the others of its app are left as they are until the next look.
    const resting = new Set<string>()
    const due = await Promise.all(bots.map(({ id }) => this.notices.due(id, AT_ONCE)))
    for (const parcel of roundRobin(due)) {
      if (stopped()) return
      const bot = this.bots.find(parcel.botId)
      if (!bot || resting.has(bot.app.id)) continue
      if ((await this.#deliver(bot, parcel)) === 'retried') resting.add(bot.app.id)
    }
  }

  async #deliver(bot: Bot, parcel: NoticeBatch): Promise<Outcome | undefined> {
    // On disk before the message leaves: after a crash nobody knows whether it did, and it may not leave twice.
    const taken = await this.notices.claim(parcel)
    const [first] = taken
    if (!first?.messageId) return undefined
    const outcome = await this.#try(bot, first.viewerId, first.messageId, taken)
    if (outcome) await this.#settle(bot, parcel, taken, first.messageId, outcome)
    return outcome
  }

  /** @returns undefined where there is nothing to send, and nothing left to do */
  async #try(
    bot: Bot,
    viewerId: string,
    messageId: string,
    taken: readonly BotNoticeEntity[],
  ): Promise<Outcome | undefined> {
    try {
      const message = await this.#write(bot, viewerId, messageId, taken)
      return message && (await this.#send(bot, message.userid, message.content))
    } catch (error) {
      // Nothing has left: neither a database that is away for a moment nor one bad row may lose or stop the others.
      this.log.noticesFailed(error)
      return 'retried'
    }
  }

  async #write(
    bot: Bot,
    viewerId: string,
    messageId: string,
    taken: readonly BotNoticeEntity[],
  ): Promise<{ userid: string; content: string } | undefined> {
    const userid = await this.people.useridOf(viewerId)
    if (userid === undefined) {
      await this.notices.forget(viewerId)
      return undefined
    }
    const language = await this.people.languageOf(bot, viewerId)
    const lines = await this.lines.of(viewerId, language, taken)
    if (lines.length === 0) {
      this.metrics.appMessage(bot.id, 'too_late')
      await this.notices.settle(messageId, 'given_up')
      return undefined
    }
    return { userid, content: messageText(language, lines) }
  }

  async #settle(
    { id }: Bot,
    parcel: NoticeBatch,
    taken: readonly BotNoticeEntity[],
    messageId: string,
    outcome: Outcome,
  ): Promise<void> {
    if (outcome === 'sent') {
      this.metrics.appMessage(id, outcome)
      return this.notices.sent(messageId, parcel)
    }
    const attempts = Math.max(...taken.map((notice) => notice.attempts)) + 1
    const since = Math.min(...taken.map(({ createdAt }) => createdAt))
    const after = Math.min(15 * MINUTE, MINUTE * 2 ** (attempts - 1))
    if (outcome === 'retried' && this.clock.now() + after < since + TRIED_FOR_MS) {
      this.metrics.appMessage(id, outcome)
      return this.notices.retry(messageId, attempts, after)
    }
    this.metrics.appMessage(id, outcome === 'retried' ? 'lost' : outcome)
    await this.notices.settle(messageId, 'given_up')
  }

  async #send(bot: Bot, userid: string, content: string): Promise<Outcome> {
    const { app } = bot
    if (app.platform !== 'wecom' || !USERID.test(userid)) return this.#notTo(bot)
    try {
      const { invaliduser, unlicenseduser } = await this.tokens.withToken(app, (token) =>
        this.#call(app, token, userid, content),
      )
      return invaliduser || unlicenseduser ? this.#notTo(bot) : 'sent'
    } catch (error) {
      // Whatever is not the platform's refusal may pass. What may have arrived is sent again as it was: see DUPLICATES_S.
      const final = error instanceof PlatformError && !TRY_LATER.includes(error.errcode)
      this.log.messageFailed(bot.id, final ? 'refused' : 'retried', error)
      return final ? 'refused' : 'retried'
    }
  }

  #notTo({ id }: Bot): Outcome {
    this.log.messageFailed(id, 'refused', new Error('not to this person'))
    return 'refused'
  }

  #call(
    app: WecomAppConfig,
    token: string,
    touser: string,
    content: string,
  ): Promise<z.infer<typeof answer>> {
    return this.http.call({
      app,
      operation: 'message/send',
      method: 'POST',
      path: '/cgi-bin/message/send',
      query: { access_token: token },
      body: {
        touser,
        msgtype: 'text',
        agentid: app.agentid,
        text: { content },
        enable_duplicate_check: 1,
        duplicate_check_interval: DUPLICATES_S,
      },
      schema: answer,
      idempotent: false,
    })
  }
}
