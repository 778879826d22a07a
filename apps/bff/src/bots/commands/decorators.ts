import type { AuditedTransaction } from '../../audit/audit-log.js'
import type { Clock } from '../../core/ports/clock.js'
import type { Person } from '../chat-members/person.js'
import type { Language } from '../i18n/words.js'
import type { PreparedNotices } from '../notices/conversation-notices.js'
import { hasNoticesEnabled } from '../registry/bots.service.js'
import type { CommandContext, CommandResult, PreparedCommand } from './prepared-command.js'

/** A command after which the bot remembers the person: language, last list, and time of the last notices. */
export class WithMemory implements PreparedCommand {
  /** @param showedNotices whether the answer had room for notices */
  constructor(
    private readonly command: PreparedCommand,
    private readonly context: CommandContext,
    private readonly showedNotices: boolean,
    private readonly clock: Clock,
  ) {}

  get changesRows(): boolean {
    return this.command.changesRows
  }

  async execute(tx: AuditedTransaction): Promise<CommandResult> {
    const result = await this.command.execute(tx)
    const { bot, person, language } = this.context
    const { lastList = person.lastList } = result
    const now = this.clock.now()
    const notifiedAt = this.showedNotices ? now : (person.notifiedAt ?? now)
    if (!hasNoticesEnabled(bot.notices) && !isChanged(person, language, lastList)) return result
    return { ...result, memory: { person, language, lastList, notifiedAt } }
  }
}

const isChanged = (person: Person, language: Language, lastList: readonly string[]): boolean =>
  person.language !== language ||
  person.lastList.length !== lastList.length ||
  person.lastList.some((id, i) => id !== lastList[i])

/** A command whose answer begins with the notices that its owner has not seen yet. */
export class WithNotices implements PreparedCommand {
  constructor(
    private readonly command: PreparedCommand,
    private readonly notices: PreparedNotices,
  ) {}

  get changesRows(): boolean {
    return this.command.changesRows || this.notices.changesRows
  }

  async execute(tx: AuditedTransaction): Promise<CommandResult> {
    const result = await this.command.execute(tx)
    const news = await this.notices.take(tx.manager)
    if (result.answer === null || news.length === 0) return result
    return {
      ...result,
      answer: { ...result.answer, lines: [...news, ...(result.answer.lines ?? [])] },
    }
  }
}
