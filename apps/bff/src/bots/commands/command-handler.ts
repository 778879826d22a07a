import { Inject, Injectable } from '@nestjs/common'
import type { AuditedTransaction } from '../../audit/audit-log.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { People } from '../chat-members/person.js'
import { WORDS } from '../i18n/words.js'
import { ConversationNotices } from '../notices/conversation-notices.js'
import type { Bot } from '../registry/bots.service.js'
import { type Answer, pagesOf } from '../replies/answer.js'
import { writtenIn } from '../replies/reply-builder.js'
import type { Inbound } from '../wire/inbound.js'
import { CardChoice } from './card-choice.js'
import { ChangeCommands } from './change-commands.js'
import { type CommandRequest, readGroupRequest, readRequest } from './parse.js'
import { type CommandContext, type PreparedCommand, replyWith } from './prepared-command.js'
import { ReadCommands } from './read-commands.js'
import { COMMANDS, type CommandServices, help } from './table.js'
import { WithMemory, WithNotices } from './decorators.js'

/** Finds the command of a message and prepares it: reads everything, changes nothing. */
@Injectable()
export class CommandHandler {
  readonly #services: CommandServices

  constructor(
    private readonly people: People,
    private readonly cards: CardChoice,
    private readonly notices: ConversationNotices,
    read: ReadCommands,
    change: ChangeCommands,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#services = { read, change }
  }

  async prepare(bot: Bot, inbound: Inbound): Promise<PreparedCommand> {
    switch (inbound.kind) {
      case 'poll':
      case 'feedback':
      case 'unknown':
        return replyWith(null)
      default:
        return inbound.group === undefined
          ? this.#inSingleChat(bot, inbound)
          : this.#inGroup(bot, inbound)
    }
  }

  /** Executes one command, and remembers what it says. */
  async execute(
    bot: Bot,
    command: PreparedCommand,
    tx: AuditedTransaction,
  ): Promise<Answer | null> {
    const { answer, memory } = await command.execute(tx)
    if (memory) await this.people.remember(tx.manager, [{ bot, ...memory }])
    return answer
  }

  /** A group learns nothing about cards: no title, no person, no number. */
  async #inGroup(bot: Bot, inbound: Inbound): Promise<PreparedCommand> {
    const language = writtenIn(inbound)
    const request = readGroupRequest(inbound)
    const command = request && COMMANDS[request.name]
    if (command?.where === 'anywhere') {
      return command.prepare(this.#services, { bot, language, inGroup: true })
    }
    const { title, lines } = WORDS[language].inPrivate
    return replyWith({ language, title, lines, page: pagesOf(bot.app).index })
  }

  async #inSingleChat(bot: Bot, inbound: Inbound): Promise<PreparedCommand> {
    const person = await this.people.meet(bot, inbound.userid)
    const { request, language = person.language } = readRequest(inbound)
    if (person.blocked) return replyWith({ language, title: WORDS[language].blocked })
    const context: CommandContext = { bot, person, language, inGroup: false }
    const command = request
      ? await this.#command(context, request)
      : replyWith(help(context, firstLine(context, inbound)))
    // A press replaces its card. A notice on the card would vanish with the next press.
    if (inbound.kind === 'pressed') return this.#withMemory(context, command, false)
    const notices = await this.notices.prepare(context)
    return this.#withMemory(context, new WithNotices(command, notices), true)
  }

  async #command(context: CommandContext, request: CommandRequest): Promise<PreparedCommand> {
    const { language } = context
    const command = COMMANDS[request.name]
    if (command.who === 'anyone') return command.prepare(this.#services, context)
    if (command.daysUsage && request.days === undefined) {
      return replyWith({ language, title: command.daysUsage(language) })
    }
    const choice = await this.cards.choose(context, request)
    if ('ask' in choice) return replyWith(choice.ask)
    return command.prepare(this.#services, context, choice.own, request.days)
  }

  #withMemory(
    context: CommandContext,
    command: PreparedCommand,
    showsNotices: boolean,
  ): PreparedCommand {
    return new WithMemory(command, context, showsNotices, this.clock)
  }
}

/** Above the help, when a message holds no command. */
const firstLine = ({ language }: CommandContext, { kind }: Inbound): string | undefined => {
  const { welcome, media, unknown } = WORDS[language]
  if (kind === 'entered') return welcome
  if (kind === 'media') return media
  return kind === 'said' ? unknown : undefined
}
