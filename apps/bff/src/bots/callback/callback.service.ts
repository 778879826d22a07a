import { Injectable } from '@nestjs/common'
import { type AuditedTransaction, AuditLog } from '../../audit/audit-log.js'
import { KeyedQueue } from '../../core/concurrency/queues.js'
import { retry } from '../../core/concurrency/retry.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import type { PreparedCommand } from '../commands/prepared-command.js'
import { Outbox, StreamPolls } from '../outbox/outbox.js'
import type { Refused } from '../registry/cause.js'
import { ReplyBuilder } from '../replies/reply-builder.js'
import type { Reply } from '../wire/reply.js'
import { CallbackReader, type ReceivedCallback } from './callback-reader.js'
import type { VerifiedCallback } from './callback-verifier.js'
import { InboundJournal } from './callback-journals.js'
import { chooseReplyMode, mayAnswerLater, type ReplyMode, TimedPreparation } from './reply-mode.js'
import { type Handled, ReplyStore } from './reply-store.js'

const MAX_TRIES = 4

/**
 * Handles each callback once. The effects, the job in the outbox and the stored reply commit together. A repetition gets
 * the stored reply.
 */
@Injectable()
export class CallbackService {
  readonly #running = new Map<string, Promise<Handled>>()
  readonly #chats = new KeyedQueue()

  constructor(
    private readonly reader: CallbackReader,
    private readonly replies: ReplyStore,
    private readonly preparation: TimedPreparation,
    private readonly outbox: Outbox,
    private readonly polls: StreamPolls,
    private readonly builder: ReplyBuilder,
    private readonly journal: InboundJournal,
    private readonly audit: AuditLog,
  ) {}

  /** The way of a callback: read, deduplicate, wait for the turn of the chat, prepare, execute, reply. */
  async handle(verified: VerifiedCallback): Promise<Handled | Refused> {
    const callback = await this.reader.read(verified)
    if ('refused' in callback) return callback
    return this.#deduplicate(callback, () => this.#inTurn(callback, () => this.#answer(callback)))
  }

  async #answer(callback: ReceivedCallback): Promise<Handled> {
    const earlier = await this.replies.findEarlier(callback)
    if (earlier) return earlier
    const command = await this.#prepare(callback)
    return this.#execute(callback, command)
  }

  /** The same ciphertext runs once, in this process and ever. Other processes: see `ReplyStore.store`. */
  async #deduplicate({ id }: ReceivedCallback, handle: () => Promise<Handled>): Promise<Handled> {
    const running = this.#running.get(id)
    if (running) return { ...(await running), outcome: 'repeated' }
    const first = this.replies
      .find(id)
      .then((stored) => stored ?? handle())
      .finally(() => this.#running.delete(id))
    this.#running.set(id, first)
    return first
  }

  /** One message of a chat after another. A poll does not wait for the message that its stream answers. */
  #inTurn(
    { inbound, chatKey }: ReceivedCallback,
    handle: () => Promise<Handled>,
  ): Promise<Handled> {
    // Another process was faster, with this callback or with another message of the chat.
    const attempt = () => retry({ tries: MAX_TRIES, onError: isUniqueViolation }, handle)
    return inbound.kind === 'poll' ? attempt() : this.#chats.run(chatKey, attempt)
  }

  /** Outside the transaction. @returns undefined: not in time, or behind an earlier message of the chat */
  async #prepare({
    bot,
    inbound,
    chatKey,
  }: ReceivedCallback): Promise<PreparedCommand | undefined> {
    if (inbound.kind === 'poll') return undefined
    if (mayAnswerLater(inbound) && (await this.outbox.isBusy(chatKey))) return undefined
    return this.preparation.prepare(bot, inbound)
  }

  /** The effects and the reply, in one transaction. */
  async #execute(callback: ReceivedCallback, command?: PreparedCommand): Promise<Handled> {
    const { bot, inbound, chatKey } = callback
    const handled = await this.audit.transact(async (tx): Promise<Handled> => {
      const isChatBusy = () => this.outbox.isBusy(chatKey, tx.manager)
      const chosen = await chooseReplyMode(inbound, command, isChatBusy)
      const reply = await this.#reply(tx, callback, chosen)
      const stored = await this.replies.store(tx.manager, callback, reply)
      return { body: stored?.body ?? null, outcome: outcomeOf(chosen, reply) }
    })
    this.journal.record(bot, inbound)
    if (handled.outcome === 'deferred') this.outbox.wake()
    return handled
  }

  async #reply(
    tx: AuditedTransaction,
    callback: ReceivedCallback,
    chosen: ReplyMode,
  ): Promise<Reply | null> {
    const { bot, inbound, chatKey } = callback
    switch (chosen.mode) {
      case 'now': {
        const { answer } = await chosen.command.execute(tx)
        return answer && this.builder.reply(bot, inbound, answer)
      }
      case 'stream':
      case 'later':
        return this.outbox.add(tx.manager, callback, chosen.mode)
      case 'poll':
        return this.polls.reply(tx.manager, bot, chatKey, chosen.streamId)
      case 'greeting':
        return this.builder.greeting()
      case 'empty':
        return null
    }
  }
}

const outcomeOf = ({ mode }: ReplyMode, reply: Reply | null): Handled['outcome'] => {
  if (mode === 'stream' || mode === 'later') return 'deferred'
  return reply ? 'answered' : 'empty'
}
