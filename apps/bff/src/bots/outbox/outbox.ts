import { Inject, Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { RANDOM, type Random } from '../../core/ports/random.js'
import type { Bot } from '../registry/bots.service.js'
import { ReplyBuilder } from '../replies/reply-builder.js'
import { BotJobRepository } from '../storage/bot-job.repository.js'
import type { Inbound } from '../wire/inbound.js'
import type { Reply } from '../wire/reply.js'
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

  /** Whether an earlier message of the chat is unfinished. */
  isBusy(chatKey: string, manager?: EntityManager): Promise<boolean> {
    return this.jobs.isBusy(chatKey, manager)
  }

  /**
   * In the transaction that stores the reply. @returns the reply, which shows progress
   * @throws a unique violation when another message of the chat took the place in the meantime
   */
  async add(
    manager: EntityManager,
    { bot, inbound, plaintext, chatKey, person }: DeferredMessage,
    delivery: 'stream' | 'later',
  ): Promise<Reply> {
    const id = this.random.id()
    await this.jobs.add(manager, { id, botId: bot.id, chatKey, person, plaintext, delivery })
    return this.builder.progress(bot, inbound, id)
  }

  /** Starts the work. Does not wait for it. */
  wake(): void {
    void this.worker.poll()
  }
}
