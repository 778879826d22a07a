import type { AuditedTransaction } from '../../audit/audit-log.js'
import type { PreparedNotices } from '../notices/conversation-notices.js'
import type { CommandResult, PreparedCommand } from './prepared-command.js'

/** A command whose answer begins with the notices that its owner has not seen yet. */
export class WithNotices implements PreparedCommand {
  constructor(
    private readonly command: PreparedCommand,
    private readonly notices: PreparedNotices,
  ) {}

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
