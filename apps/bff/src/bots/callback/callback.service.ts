import { Injectable } from '@nestjs/common'
import { KeyedQueue } from '../../core/concurrency/queues.js'
import { retry } from '../../core/concurrency/retry.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import type { PreparedCommand } from '../commands/prepared-command.js'
import { Outbox } from '../outbox/outbox.js'
import type { Refused } from '../registry/cause.js'
import type { CallbackPast } from '../storage/bot-callback.repository.js'
import { CallbackGroups } from './callback-groups.js'
import { CallbackReader, type ReceivedCallback } from './callback-reader.js'
import type { VerifiedCallback } from './callback-verifier.js'
import { InboundJournal } from './callback-journals.js'
import { mayAnswerLater, TimedPreparation } from './reply-mode.js'
import { type Handled, repeated, ReplyStore } from './reply-store.js'

const MAX_TRIES = 4

/** Handles each callback once. A repetition gets the stored reply. */
@Injectable()
export class CallbackService {
  readonly #running = new Map<string, Promise<Handled>>()
  readonly #chats = new KeyedQueue()

  constructor(
    private readonly reader: CallbackReader,
    private readonly replies: ReplyStore,
    private readonly preparation: TimedPreparation,
    private readonly outbox: Outbox,
    private readonly groups: CallbackGroups,
    private readonly journal: InboundJournal,
  ) {}

  /** The way of a callback: read, deduplicate, wait for the turn of the chat, prepare, execute, reply. */
  async handle(verified: VerifiedCallback): Promise<Handled | Refused> {
    const callback = await this.reader.read(verified)
    if ('refused' in callback) return callback
    return this.#deduplicate(callback, () => this.#handle(callback))
  }

  async #answer(callback: ReceivedCallback): Promise<Handled> {
    const past = await this.replies.past(callback)
    const earlier = await this.replies.repeat(callback, past)
    if (earlier) return earlier
    const command = await this.#prepare(callback, past)
    const handled = await this.groups.accept({ callback, command })
    this.journal.record(callback.bot, callback.inbound)
    if (handled.outcome === 'deferred') this.outbox.wake()
    return handled
  }

  /** The same ciphertext runs once, in this process and ever. Other processes: see `CallbackGroups`. */
  async #deduplicate({ id }: ReceivedCallback, handle: () => Promise<Handled>): Promise<Handled> {
    const running = this.#running.get(id)
    if (running) return { ...(await running), outcome: 'repeated' }
    const first = handle().finally(() => this.#running.delete(id))
    this.#running.set(id, first)
    return first
  }

  /** Takes its place in the chat at once, so that messages keep the order of arrival. A repetition waits for none. */
  async #handle(callback: ReceivedCallback): Promise<Handled> {
    const waits = callback.inbound.kind !== 'poll' && this.#chats.isBusy(callback.chatKey)
    const turn = this.#inTurn(callback, () => this.#answer(callback))
    if (!waits) return turn
    // Nobody hears the turn when the read fails, or finds the reply.
    turn.catch(() => {})
    const { same } = await this.replies.past(callback)
    return same === undefined ? turn : repeated(same)
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
  async #prepare(
    { bot, inbound }: ReceivedCallback,
    { isChatBusy }: CallbackPast,
  ): Promise<PreparedCommand | undefined> {
    if (inbound.kind === 'poll') return undefined
    if (mayAnswerLater(inbound) && isChatBusy) return undefined
    return this.preparation.prepare(bot, inbound)
  }
}
