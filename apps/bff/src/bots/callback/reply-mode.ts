import { Inject, Injectable } from '@nestjs/common'
import { DeadlineError, withDeadline } from '../../core/concurrency/deadline.js'
import { type Timers, TIMERS } from '../../core/ports/timers.js'
import { CommandHandler } from '../commands/command-handler.js'
import type { PreparedCommand } from '../commands/prepared-command.js'
import { BotLog } from '../registry/bot-log.js'
import type { Bot } from '../registry/bots.service.js'
import type { Inbound } from '../wire/inbound.js'

/**
 * How a callback is replied to.
 * - `now`: with the answer of the command
 * - `stream`, `later`: with a progress report. The answer comes from the outbox, by a stream or once by response_url
 * - `poll`: with the state of a stream
 * - `greeting`: with a welcome that needs no reading
 * - `empty`: not at all
 */
export type ReplyMode =
  | { readonly mode: 'now'; readonly command: PreparedCommand }
  | { readonly mode: 'stream' | 'later' }
  | { readonly mode: 'poll'; readonly streamId: string }
  | { readonly mode: 'greeting' | 'empty' }

/** What may be answered later, and how. A pressed card has no stream: the answer replaces the card, or comes later. */
const LATER: Partial<Record<Inbound['kind'], 'stream' | 'later'>> = {
  said: 'stream',
  media: 'stream',
  pressed: 'later',
}

export const mayAnswerLater = ({ kind }: Inbound): boolean => LATER[kind] !== undefined

/**
 * The one place that decides between now and later.
 * @param command undefined: not prepared in time
 * @param isChatBusy whether an earlier message of the chat is unfinished: no message overtakes another
 */
export const chooseReplyMode = (
  inbound: Inbound,
  command: PreparedCommand | undefined,
  isChatBusy: boolean,
): ReplyMode => {
  if (inbound.kind === 'poll') return { mode: 'poll', streamId: inbound.streamId }
  const later = LATER[inbound.kind]
  if (later && (!command || isChatBusy)) return { mode: later }
  if (command) return { mode: 'now', command }
  return { mode: inbound.kind === 'entered' ? 'greeting' : 'empty' }
}

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
