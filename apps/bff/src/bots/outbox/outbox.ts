import { Inject, Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { WORDS } from '../i18n/words.js'
import type { Bot } from '../registry/bots.service.js'
import { ReplyBuilder, writtenIn } from '../replies/reply-builder.js'
import type { BotJobEntity } from '../storage/bot-job.entity.js'
import { BotJobRepository, type NewJob } from '../storage/bot-job.repository.js'
import { type Inbound, readInbound } from '../wire/inbound.js'
import { type Reply, STREAM_MS, streamReply } from '../wire/reply.js'
import { OutboxWorker } from './worker.js'

/** A message whose answer comes later. */
interface DeferredMessage {
  readonly bot: Bot
  readonly inbound: Inbound
  readonly plaintext: string
  readonly chatKey: string
  /** As `viewers.lookup`. */
  readonly person: string
}

/** Takes messages whose answers come later. */
@Injectable()
export class Outbox {
  constructor(
    private readonly jobs: BotJobRepository,
    private readonly worker: OutboxWorker,
    private readonly builder: ReplyBuilder,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** In a transaction, of several chats. @returns those of which an earlier message is unfinished */
  busyAmong(manager: EntityManager, chatKeys: readonly string[]): Promise<Set<string>> {
    return this.jobs.busyAmong(manager, chatKeys)
  }

  /** @returns the job, and the reply, which shows progress */
  deferred(
    { bot, inbound, plaintext, chatKey, person }: DeferredMessage,
    delivery: 'stream' | 'later',
  ): { job: NewJob; reply: Reply } {
    const id = this.random.id()
    return {
      job: { id, botId: bot.id, chatKey, person, plaintext, delivery },
      reply: this.builder.progress(bot, inbound, id),
    }
  }

  /**
   * In the transaction that stores the replies. @param jobs of different chats
   * @throws a unique violation when another message of a chat took the place in the meantime
   */
  add(manager: EntityManager, jobs: readonly NewJob[]): Promise<void> {
    return this.jobs.add(manager, jobs)
  }

  /** Starts the work. Does not wait for it. */
  wake(): void {
    void this.worker.poll()
  }
}

/** The platform polls for six minutes. Shortly before the end, the stream says that the answer comes later. */
const LAST_CALL_MS = STREAM_MS - 30_000

/** Answers the platform's polls for a stream. */
@Injectable()
export class StreamPolls {
  constructor(
    private readonly jobs: BotJobRepository,
    private readonly forms: ReplyBuilder,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param chatKey the chat that polls: it does not see the stream of another chat */
  async reply(manager: EntityManager, bot: Bot, chatKey: string, streamId: string): Promise<Reply> {
    const job = await this.jobs.find(asId(streamId), manager)
    if (!job || job.botId !== bot.id || job.chatKey !== chatKey) {
      return streamReply(streamId, `${WORDS.zh.gone}\n${WORDS.en.gone}`, true)
    }
    if (job.state === 'waiting') return this.#progress(manager, job)
    await this.jobs.move(job, ['stream', 'later'], 'over', manager)
    const answer = this.jobs.answerOf(job)
    return answer
      ? this.forms.finish(bot, job.id, answer)
      : streamReply(job.id, WORDS.zh.gone, true)
  }

  async #progress(manager: EntityManager, job: BotJobEntity): Promise<Reply> {
    const { inbound } = readInbound(this.jobs.plaintextOf(job))
    const words = WORDS[inbound ? writtenIn(inbound) : 'zh']
    const age = this.clock.now() - job.createdAt
    if (age >= LAST_CALL_MS) {
      await this.jobs.move(job, ['stream'], 'later', manager)
      return streamReply(job.id, words.willFollow, true)
    }
    const ahead = await this.jobs.ahead(job, manager)
    const text = ahead > 0 ? words.waiting(ahead) : words.working(Math.floor(age / 1000))
    return streamReply(job.id, text, false)
  }
}
