import type { AuditedTransaction } from '../../audit/audit-log.js'
import type { Person, Remembered } from '../chat-members/person.js'
import type { Language } from '../i18n/words.js'
import type { Bot } from '../registry/bots.service.js'
import type { Answer } from '../replies/answer.js'

/**
 * A command that has read all it needs, outside the transaction. `execute` does the effects, inside the transaction that
 * stores the reply. Effects and reply commit together, or neither does. `execute` may run again after a rollback.
 */
export interface PreparedCommand {
  /** Whether `execute` changes rows. If not, callbacks of other chats share its transaction. */
  readonly changesRows: boolean
  execute(tx: AuditedTransaction): Promise<CommandResult>
}

export interface CommandResult {
  /** Null: the reply is empty. */
  readonly answer: Answer | null
  /** Ids of the cards that the answer numbers from 1. Absent: numbers keep their meaning. */
  readonly lastList?: readonly string[]
  /** What the bot remembers from now on. Who executes the command stores it, in the same transaction. */
  readonly memory?: Omit<Remembered, 'bot'>
}

/** Where a command was asked. */
export interface ChatContext {
  readonly bot: Bot
  readonly language: Language
  readonly inGroup: boolean
}

/** Who asks, in a single chat. */
export interface CommandContext extends ChatContext {
  readonly person: Person
}

/** A command without effects. */
export const replyWith = (
  answer: Answer | null,
  more: Omit<CommandResult, 'answer'> = {},
): PreparedCommand => ({
  changesRows: false,
  execute: () => Promise.resolve({ answer, ...more }),
})
