import { Injectable } from '@nestjs/common'
import { type AuditedTransaction, AuditLog } from '../../audit/audit-log.js'
import { transactGroup } from '../../audit/transact-group.js'
import { Grouped, type Settled } from '../../core/concurrency/grouped.js'
import { Metrics } from '../../observability/metrics.js'
import { People, type Remembered } from '../chat-members/person.js'
import type { PreparedCommand } from '../commands/prepared-command.js'
import { Outbox, StreamPolls } from '../outbox/outbox.js'
import { ReplyBuilder } from '../replies/reply-builder.js'
import type { NewCallback } from '../storage/bot-callback.repository.js'
import type { NewJob } from '../storage/bot-job.repository.js'
import type { Reply } from '../wire/reply.js'
import type { ReceivedCallback } from './callback-reader.js'
import { chooseReplyMode, mayAnswerLater, type ReplyMode } from './reply-mode.js'
import { type Handled, ReplyStore } from './reply-store.js'

/** Members of one group. Their replies are sealed in one turn of the event loop. */
const MOST = 64

/** A callback whose command was prepared; undefined: not in time. */
export interface PreparedCallback {
  readonly callback: ReceivedCallback
  readonly command: PreparedCommand | undefined
}

/** What the callbacks of a group write. */
interface Changes {
  readonly jobs: NewJob[]
  readonly memories: Remembered[]
  readonly callbacks: NewCallback[]
}

/**
 * Accepts callbacks: the effects, the job in the outbox and the stored reply commit together. Callbacks that arrive while
 * a transaction is under way share the next one. See docs/adr/0018-openings-are-judged-in-groups.md.
 */
@Injectable()
export class CallbackGroups {
  readonly #groups: Grouped<PreparedCallback, Handled>

  constructor(
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly polls: StreamPolls,
    private readonly people: People,
    private readonly builder: ReplyBuilder,
    private readonly replies: ReplyStore,
    metrics: Metrics,
  ) {
    const sizes = metrics.histogram(
      'sealcard_bot_callbacks_group_size',
      'Callbacks that shared one transaction',
      [1, 2, 4, 8, 16, 32, MOST],
    )
    this.#groups = new Grouped({ most: MOST }, (group) => {
      sizes.observe(group.length)
      return this.acceptGroup(group)
    })
  }

  /**
   * @returns once it is committed
   * @throws a unique violation when another process handled the callback, or its message, in the meantime
   */
  accept(prepared: PreparedCallback): Promise<Handled> {
    return changesRows(prepared) ? this.#acceptAlone(prepared) : this.#groups.ask(prepared)
  }

  /** Of different chats. A member that the database refuses fails alone. */
  acceptGroup(group: readonly PreparedCallback[]): Promise<readonly Settled<Handled>[]> {
    return transactGroup(this.audit, group, (tx, part) => this.#accept(tx, part))
  }

  #acceptAlone(prepared: PreparedCallback): Promise<Handled> {
    return this.audit.transact(async (tx) => {
      const [outcome] = await this.#accept(tx, [prepared])
      // Thrown inside the transaction: what the command did before it failed is undone.
      if (outcome?.value === undefined) throw outcome?.error
      return outcome.value
    })
  }

  async #accept(
    tx: AuditedTransaction,
    group: readonly PreparedCallback[],
  ): Promise<Settled<Handled>[]> {
    const chats = group.flatMap(({ callback: { inbound, chatKey } }) =>
      mayAnswerLater(inbound) ? [chatKey] : [],
    )
    const busy = await this.outbox.busyAmong(tx.manager, chats)
    const changes: Changes = { jobs: [], memories: [], callbacks: [] }
    const outcomes: Settled<Handled>[] = []
    for (const prepared of group) {
      try {
        outcomes.push({ value: await this.#handle(tx, prepared, busy, changes) })
      } catch (error) {
        outcomes.push({ error })
      }
    }
    await this.people.remember(tx.manager, changes.memories)
    await this.outbox.add(tx.manager, changes.jobs)
    await this.replies.insert(tx.manager, changes.callbacks)
    return outcomes
  }

  /** Adds to `changes` last: a member that fails has changed nothing. */
  async #handle(
    tx: AuditedTransaction,
    { callback, command }: PreparedCallback,
    busy: ReadonlySet<string>,
    changes: Changes,
  ): Promise<Handled> {
    const { bot, inbound, chatKey } = callback
    const chosen = chooseReplyMode(inbound, command, busy.has(chatKey))
    const { reply, job, memory } = await this.#reply(tx, callback, chosen)
    const { row, body } = this.replies.sealed(callback, reply)
    if (memory) changes.memories.push({ bot, ...memory })
    if (job) changes.jobs.push(job)
    changes.callbacks.push(row)
    return { body, outcome: outcomeOf(chosen, reply) }
  }

  async #reply(
    tx: AuditedTransaction,
    callback: ReceivedCallback,
    chosen: ReplyMode,
  ): Promise<{ reply: Reply | null; job?: NewJob; memory?: Omit<Remembered, 'bot'> | undefined }> {
    const { bot, inbound, chatKey } = callback
    switch (chosen.mode) {
      case 'now': {
        const { answer, memory } = await chosen.command.execute(tx)
        return { reply: answer && this.builder.reply(bot, inbound, answer), memory }
      }
      case 'stream':
      case 'later':
        return this.outbox.deferred(callback, chosen.mode)
      case 'poll':
        return { reply: await this.polls.reply(tx.manager, bot, chatKey, chosen.streamId) }
      case 'greeting':
        return { reply: this.builder.greeting() }
      case 'empty':
        return { reply: null }
    }
  }
}

/** Such a callback has a transaction of its own, because it holds rows in an order of its own. */
const changesRows = ({ callback, command }: PreparedCallback): boolean =>
  callback.inbound.kind === 'poll' || command?.changesRows === true

const outcomeOf = ({ mode }: ReplyMode, reply: Reply | null): Handled['outcome'] => {
  if (mode === 'stream' || mode === 'later') return 'deferred'
  return reply ? 'answered' : 'empty'
}
