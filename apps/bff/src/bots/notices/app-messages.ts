import { Injectable, Inject } from '@nestjs/common'
import { roundRobin } from '../../core/concurrency/queues.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { HOUR, MINUTE } from '../../core/time.js'
import { MessageRefused, PlatformError } from '../../platforms/calls/platform-error.js'
import type { AppMessage } from '../../platforms/registry/platform.js'
import { PlatformClients, WebApps } from '../../platforms/registry/platforms.js'
import { People } from '../chat-members/person.js'
import { BotLog } from '../registry/bot-log.js'
import { BotMetrics } from '../registry/bot-metrics.js'
import { type Bot, Bots } from '../registry/bots.service.js'
import type { BotNoticeEntity } from '../storage/bot-notice.entity.js'
import { BotNoticeRepository, type NoticeBatch } from '../storage/bot-notice.repository.js'
import { messageOf } from './message-form.js'
import { NoticeLines } from './notice-lines.js'

/**
 * `erased`: the owner was erased, or an administrator blocked them. `too_late`: all notices are old news, or the owner
 * switched them off.
 */
export type WrittenMessage =
  { readonly userid: string; readonly content: AppMessage } | 'erased' | 'too_late'

/** Writes the notices of one owner as one message, in the language that the owner last used with the bot. */
@Injectable()
export class AppMessageWriter {
  constructor(
    private readonly people: People,
    private readonly lines: NoticeLines,
    private readonly webApps: WebApps,
  ) {}

  async write(
    bot: Bot,
    viewerId: string,
    notices: readonly BotNoticeEntity[],
  ): Promise<WrittenMessage> {
    const userid = await this.people.useridOf(viewerId)
    if (userid === undefined || (await this.people.isBlocked(viewerId))) return 'erased'
    const language = await this.people.languageOf(bot, viewerId)
    const reader = { bot, viewerId, language }
    const lines = await this.lines.of(reader, notices)
    if (lines.length === 0) return 'too_late'
    const origin = this.webApps.find(bot.app.id)?.settings.origin
    return { userid, content: messageOf(reader, lines, origin) }
  }
}

/** `retried`: the platform may take the same message later. `refused`: it never will. */
type SendOutcome = 'sent' | 'retried' | 'refused'

/** Sends a message of the bot's app. */
@Injectable()
export class AppMessageSender {
  constructor(
    private readonly platforms: PlatformClients,
    private readonly log: BotLog,
  ) {}

  async send({ id, app }: Bot, userid: string, content: AppMessage): Promise<SendOutcome> {
    const bots = this.platforms.botsOf(app)
    try {
      await bots.sendMessage(app, userid, content)
      return 'sent'
    } catch (error) {
      // Everything but a refusal may pass. A message that did arrive is sent again unchanged: the platform drops it.
      const isFinal =
        error instanceof MessageRefused || (error instanceof PlatformError && !bots.mayPass(error))
      const outcome = isFinal ? 'refused' : 'retried'
      this.log.messageFailed(id, outcome, error)
      return outcome
    }
  }
}

/** Notices of each bot in one look. */
const AT_ONCE = 500
/** Less than the 4 hours in which the platform recognises a repeated message (90236). */
const TRIED_FOR_MS = 3 * HOUR

/** A batch that this process took, under the id of its message. */
interface TakenBatch {
  readonly bot: Bot
  readonly batch: NoticeBatch
  readonly messageId: string
  readonly notices: readonly BotNoticeEntity[]
}

/** Sends due notices as messages of the bot's app: one message for each owner at a time. */
@Injectable()
export class AppMessages {
  constructor(
    private readonly notices: BotNoticeRepository,
    private readonly bots: Bots,
    private readonly writer: AppMessageWriter,
    private readonly sender: AppMessageSender,
    private readonly log: BotLog,
    private readonly metrics: BotMetrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async sendDue(stopped: () => boolean): Promise<void> {
    const bots = this.bots.sending()
    // After one failed message, the other messages of the app wait for the next look.
    const resting = new Set<string>()
    const due = await Promise.all(bots.map(({ id }) => this.notices.due(id, AT_ONCE)))
    for (const batch of roundRobin(due)) {
      if (stopped()) return
      const bot = this.bots.find(batch.botId)
      if (!bot || resting.has(bot.app.id)) continue
      if ((await this.#deliver(bot, batch)) === 'retried') resting.add(bot.app.id)
    }
  }

  async #deliver(bot: Bot, batch: NoticeBatch): Promise<SendOutcome | undefined> {
    // The claim is durable before the message leaves. After a crash it is unknown whether the message left, and it must
    // not leave twice.
    const notices = await this.notices.claim(batch)
    const [first] = notices
    if (!first?.messageId) return undefined
    const taken = { bot, batch, messageId: first.messageId, notices }
    const outcome = await this.#send(taken)
    if (outcome) await this.#settle(taken, outcome)
    return outcome
  }

  /** @returns undefined where nothing is to be sent, and nothing is left to do */
  async #send({ bot, batch, messageId, notices }: TakenBatch): Promise<SendOutcome | undefined> {
    const { viewerId } = batch
    try {
      const message = await this.writer.write(bot, viewerId, notices)
      if (message === 'erased') {
        await this.notices.forget(viewerId)
        return undefined
      }
      if (message === 'too_late') {
        this.metrics.appMessage(bot.id, message)
        await this.notices.settle(messageId, 'given_up')
        return undefined
      }
      return await this.sender.send(bot, message.userid, message.content)
    } catch (error) {
      // Nothing has left. A database that is away, or one bad row, must not lose this message or stop the others.
      this.log.noticesFailed(error)
      return 'retried'
    }
  }

  async #settle(
    { bot, batch, messageId, notices }: TakenBatch,
    outcome: SendOutcome,
  ): Promise<void> {
    if (outcome === 'sent') {
      this.metrics.appMessage(bot.id, outcome)
      return this.notices.sent(messageId, batch)
    }
    const attempts = Math.max(...notices.map((notice) => notice.attempts)) + 1
    const since = Math.min(...notices.map(({ createdAt }) => createdAt))
    const after = Math.min(15 * MINUTE, MINUTE * 2 ** (attempts - 1))
    if (outcome === 'retried' && this.clock.now() + after < since + TRIED_FOR_MS) {
      this.metrics.appMessage(bot.id, outcome)
      return this.notices.retry(messageId, attempts, after)
    }
    this.metrics.appMessage(bot.id, outcome === 'retried' ? 'lost' : outcome)
    await this.notices.settle(messageId, 'given_up')
  }
}
