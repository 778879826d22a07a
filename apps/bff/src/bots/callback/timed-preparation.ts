import { Inject, Injectable } from '@nestjs/common'
import { DeadlineError, withDeadline } from '../../core/concurrency/deadline.js'
import { type Timers, TIMERS } from '../../core/ports/timers.js'
import { CommandHandler } from '../commands/command-handler.js'
import type { PreparedCommand } from '../commands/prepared-command.js'
import { BotLog } from '../registry/bot-log.js'
import type { Bot } from '../registry/bots.service.js'
import type { Inbound } from '../wire/inbound.js'

/** The platform ends a callback after 5 s. A command that takes longer than this goes to the outbox. */
export const PREPARE_TIMEOUT_MS = 600

/** Prepares a command while its callback waits. */
@Injectable()
export class TimedPreparation {
  constructor(
    private readonly commands: CommandHandler,
    private readonly log: BotLog,
    @Inject(TIMERS) private readonly timers: Timers,
  ) {}

  /** @returns undefined when it takes too long or fails: the outbox tries again */
  async prepare(bot: Bot, inbound: Inbound): Promise<PreparedCommand | undefined> {
    try {
      const work = this.commands.prepare(bot, inbound)
      return await withDeadline(this.timers, PREPARE_TIMEOUT_MS, work)
    } catch (error) {
      if (!(error instanceof DeadlineError)) this.log.prepareFailed(bot.id, error)
      return undefined
    }
  }
}
