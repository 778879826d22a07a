import type { AuditedTransaction } from '../../audit/audit-log.js'
import type { Person } from '../chat-members/person.js'
import type { Language } from '../i18n/words.js'
import type { Bot } from '../registry/bots.service.js'
import type { Answer } from '../replies/answer.js'

/**
 * A command that has read all it needs, outside the transaction. `execute` does the effects, inside the transaction that
 * stores the reply. Effects and reply commit together, or neither does. `execute` may run again after a rollback.
 */
export interface PreparedCommand {
  execute(tx: AuditedTransaction): Promise<CommandResult>
}

export interface CommandResult {
  /** Null: the reply is empty. */
  readonly answer: Answer | null
  /** Ids of the cards that the answer numbers from 1. Absent: numbers keep their meaning. */
  readonly lastList?: readonly string[]
}

/** Where a command was asked. */
export interface ChatContext {
  readonly language: Language
  readonly inGroup: boolean
}

/** Who asks, in a single chat. */
export interface CommandContext extends ChatContext {
  readonly bot: Bot
  readonly person: Person
}

/** A command without effects. */
export const replyWith = (
  answer: Answer | null,
  more: Omit<CommandResult, 'answer'> = {},
): PreparedCommand => ({ execute: () => Promise.resolve({ answer, ...more }) })
