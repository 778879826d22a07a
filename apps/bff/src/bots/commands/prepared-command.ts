import type { AuditedTransaction } from '../../audit/audit-log.js'
import type { Person } from '../chat-members/person.js'
import type { Language } from '../i18n/words.js'
import type { Bot } from '../registry/bots.service.js'
import type { Answer } from '../replies/answer.js'

/**
 * What is left to do once everything was read: the effects, in the transaction that also keeps the reply, so that
 * neither happens without the other. Running it changes nothing until that transaction commits.
 */
export type PreparedCommand = (tx: AuditedTransaction) => Promise<Answer | null>

/** Whom a command is for. */
export interface CommandContext {
  readonly bot: Bot
  readonly person: Person
  readonly language: Language
}

/** What a command finds out or does, and what numbers mean from now on. */
export interface CommandResult {
  readonly answer: Answer
  readonly lastList?: readonly string[]
}

export type CommandEffect = (tx: AuditedTransaction) => Promise<CommandResult>

/** A command that only reads. */
export const replyWith = (outcome: CommandResult): CommandEffect => {
  return () => Promise.resolve(outcome)
}
