import { Inject, Injectable } from '@nestjs/common'
import {
  DataSource,
  type EntityManager,
  In,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  Or,
} from 'typeorm'
import { Vault } from '../../core/crypto/vault.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { Lease } from '../../database/lease.js'
import { integer, type Statement, Statements, text } from '../../database/statements.js'
import { MINUTE } from '../../core/time.js'
import type { Answer } from '../replies/answer.js'
import { LATER_MS, STREAM_MS } from '../wire/reply.js'
import { BotJobEntity, type Delivery, type JobState } from './bot-job.entity.js'

/** No other process takes a job while its lease lasts; a process that works on it renews it. */
export const LEASE_MS = 20_000
/** When a free lease ends. */
const NEVER = 0
const lease = new Lease(
  BotJobEntity,
  { owner: 'leaseOwner', until: 'leaseUntil', never: NEVER },
  LEASE_MS,
)
/** The wait for the next try is shorter, by any two clocks: a later time was written by a wrong clock. */
const LONGEST_WAIT_MS = 2 * MINUTE

const ref = (id: string, purpose: 'message' | 'answer') => ({ table: 'bot_jobs', row: id, purpose })

export interface NewJob {
  readonly id: string
  readonly botId: string
  readonly chatKey: string
  /** The person who asks, as `viewers.lookup`. */
  readonly person: string
  readonly plaintext: string
  readonly delivery: Delivery
}

interface BusyChat {
  readonly n: number
  readonly chatKey: string
}

/** The jobs of the outbox. Processes claim them by leases, one at a time and in order within a chat. */
@Injectable()
export class BotJobRepository {
  readonly #owner: string
  readonly #unfinished: Statement<BusyChat>
  readonly #insert: Statement<never>
  readonly #giveUpStreams: Statement<never>

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) random: Random,
  ) {
    this.#owner = random.id()
    const sql = new Statements(storage)
    this.#unfinished = sql.read<BusyChat>(
      `SELECT given.n, given.chat_key AS "chatKey"
      FROM ${sql.given(1, { n: 'int', chat_key: 'varchar' })} WHERE EXISTS
        (SELECT 1 FROM bot_jobs AS j WHERE j.chat_key = given.chat_key AND j.state = 'waiting')`,
      { n: integer, chatKey: text },
    )
    const given = sql.given(1, {
      id: 'varchar',
      bot_id: 'varchar',
      chat_key: 'varchar',
      person: 'varchar',
      sealed_message: 'text',
      delivery: 'varchar',
    })
    this.#insert = sql.write(
      `INSERT INTO bot_jobs (id, bot_id, chat_key, person, sealed_message, delivery, seq, state,
        attempts, next_at, lease_until, deliver_at, created_at)
      SELECT id, bot_id, chat_key, person, sealed_message, delivery,
        coalesce((SELECT max(j.seq) FROM bot_jobs AS j WHERE j.chat_key = given.chat_key), 0) + 1,
        'waiting', 0, $2, ${NEVER}, $2, $2 FROM ${given}`,
    )
    this.#giveUpStreams = sql.write(
      `UPDATE bot_jobs SET delivery = 'later', deliver_at = $1 WHERE id IN (SELECT id FROM bot_jobs
        WHERE delivery = 'stream' AND state IN ('done', 'failed') AND created_at <= $2${sql.hold})`,
    )
  }

  /** Of different chats. @throws a unique violation when another message of a chat took the place first */
  async add(manager: EntityManager, jobs: readonly NewJob[]): Promise<void> {
    const now = this.clock.now()
    // Sorted: two processes insert in one order.
    const rows = jobs
      .toSorted((a, b) => (a.chatKey < b.chatKey ? -1 : 1))
      .map(({ id, botId, chatKey, person, plaintext, delivery }) => [
        id,
        botId,
        chatKey,
        person,
        this.vault.seal(ref(id, 'message'), plaintext),
        delivery,
      ])
    if (rows.length > 0) await this.#insert.run([rows, now], manager)
  }

  find(id: string, manager: EntityManager = this.storage.manager): Promise<BotJobEntity | null> {
    return manager.findOneBy(BotJobEntity, { id })
  }

  /** Those chats of which a job is unfinished. No message may overtake it. */
  async busyAmong(manager: EntityManager, chatKeys: readonly string[]): Promise<Set<string>> {
    if (chatKeys.length === 0) return new Set()
    const busy = await this.#unfinished.run([chatKeys.map((key, n) => [n, key])], manager)
    return new Set(busy.map(({ chatKey }) => chatKey))
  }

  /** How many jobs of the chat come before it. */
  ahead({ chatKey, seq }: BotJobEntity, manager: EntityManager): Promise<number> {
    return manager.countBy(BotJobEntity, { chatKey, state: 'waiting', seq: LessThan(seq) })
  }

  /**
   * Jobs that may be tried now: the first of each chat, oldest first. The database picks the first ones, so that a long
   * queue of one chat takes no places of others.
   */
  due(take: number): Promise<BotJobEntity[]> {
    const now = this.clock.now()
    const due = Or(LessThanOrEqual(now), MoreThan(now + LONGEST_WAIT_MS))
    return this.storage.manager
      .createQueryBuilder(BotJobEntity, 'job')
      .innerJoin(
        (chats) =>
          chats
            .select('each.chatKey', 'chat')
            .addSelect('MIN(each.seq)', 'seq')
            .from(BotJobEntity, 'each')
            .where({ state: 'waiting' })
            .groupBy('each.chatKey'),
        'first',
        'first.chat = job.chatKey AND first.seq = job.seq',
      )
      .where({ state: 'waiting', nextAt: due, leaseUntil: lease.over(now) })
      .orderBy('job.createdAt')
      .addOrderBy('job.seq')
      .limit(take)
      .getMany()
  }

  /** @returns whether this process has the lease now */
  claim({ id }: Pick<BotJobEntity, 'id'>): Promise<boolean> {
    const where = { id, state: 'waiting' } as const
    return lease.take(this.storage.manager, where, this.#owner, this.clock.now())
  }

  async renew(id: string): Promise<void> {
    const where = { id, state: 'waiting' } as const
    await lease.renew(this.storage.manager, where, this.#owner, this.clock.now())
  }

  /** Ends the leases of this process, so that another process takes the jobs at once. */
  async releaseAll(): Promise<void> {
    await lease.release(this.storage.manager, { state: 'waiting' }, this.#owner)
  }

  /** @returns whether this process still held it; if not, the process that does will finish it */
  async finish(
    manager: EntityManager,
    id: string,
    state: Exclude<JobState, 'waiting'>,
    answer: Answer | null,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      BotJobEntity,
      { id, state: 'waiting', ...lease.heldBy(this.#owner) },
      {
        state,
        sealedAnswer: answer && this.vault.seal(ref(id, 'answer'), JSON.stringify(answer)),
        ...lease.free,
        deliverAt: this.clock.now(),
      },
    )
    return affected === 1
  }

  /** @param after milliseconds until it is tried again */
  async retry({ id, attempts }: BotJobEntity, after: number): Promise<void> {
    await this.storage.manager.update(
      BotJobEntity,
      { id, state: 'waiting', ...lease.heldBy(this.#owner) },
      {
        attempts: attempts + 1,
        nextAt: this.clock.now() + after,
        ...lease.free,
      },
    )
  }

  plaintextOf({ id, sealedMessage }: BotJobEntity): string {
    return this.vault.unseal(ref(id, 'message'), sealedMessage)
  }

  answerOf({ id, sealedAnswer }: BotJobEntity): Answer | null {
    if (sealedAnswer === null) return null
    return JSON.parse(this.vault.unseal(ref(id, 'answer'), sealedAnswer)) as Answer
  }

  /** @returns whether the delivery was in one of the states `from`, and is `to` now */
  async move(
    { id }: BotJobEntity,
    from: readonly Delivery[],
    to: Delivery,
    manager: EntityManager = this.storage.manager,
    deliverAt?: number,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      BotJobEntity,
      { id, delivery: In(from) },
      { delivery: to, ...(deliverAt !== undefined && { deliverAt }) },
    )
    return affected === 1
  }

  /** Answers for a response_url, oldest first; also streams that the platform polls no longer. */
  async deliverable(take: number): Promise<BotJobEntity[]> {
    const now = this.clock.now()
    const state = In(['done', 'failed'])
    await this.#giveUpStreams.run([now, now - STREAM_MS])
    return this.storage.manager.find(BotJobEntity, {
      where: { delivery: 'later', state, deliverAt: LessThanOrEqual(now) },
      order: { createdAt: 'ASC', seq: 'ASC' },
      take,
    })
  }

  isTooLate({ createdAt }: BotJobEntity): boolean {
    return this.clock.now() >= createdAt + LATER_MS
  }
}
