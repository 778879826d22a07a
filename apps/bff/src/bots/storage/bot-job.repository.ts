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
import { MINUTE } from '../../core/time.js'
import type { Answer } from '../replies/answer.js'
import { LATER_MS, STREAM_MS } from '../wire/reply.js'
import { BotJobEntity, type Delivery, type JobState } from './bot-job.entity.js'

/** No other process takes a job while its lease lasts; a process that works on it renews it. */
export const LEASE_MS = 20_000
const lease = new Lease(
  BotJobEntity,
  { owner: 'leaseOwner', until: 'leaseUntil', never: 0 },
  LEASE_MS,
)
/** The wait for the next try is shorter, by any two clocks: a later time was written by a wrong clock. */
const LONGEST_WAIT_MS = 2 * MINUTE

const ref = (id: string, purpose: 'message' | 'answer') => ({ table: 'bot_jobs', row: id, purpose })

interface NewJob {
  readonly id: string
  readonly botId: string
  readonly chatKey: string
  /** The person who asks, as `viewers.lookup`. */
  readonly person: string
  readonly plaintext: string
  readonly delivery: Delivery
}

/** The jobs of the outbox. Processes claim them by leases, one at a time and in order within a chat. */
@Injectable()
export class BotJobRepository {
  readonly #owner: string

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) random: Random,
  ) {
    this.#owner = random.id()
  }

  /** @throws a unique violation when another message of the chat took the place first */
  async add(manager: EntityManager, { plaintext, ...job }: NewJob): Promise<void> {
    const now = this.clock.now()
    const [last] = await manager.find(BotJobEntity, {
      select: { id: true, seq: true },
      where: { chatKey: job.chatKey },
      order: { seq: 'DESC' },
      take: 1,
    })
    await manager.insert(BotJobEntity, {
      ...job,
      seq: (last?.seq ?? 0) + 1,
      sealedMessage: this.vault.seal(ref(job.id, 'message'), plaintext),
      sealedAnswer: null,
      state: 'waiting',
      attempts: 0,
      nextAt: now,
      ...lease.free,
      deliverAt: now,
      createdAt: now,
    })
  }

  find(id: string, manager: EntityManager = this.storage.manager): Promise<BotJobEntity | null> {
    return manager.findOneBy(BotJobEntity, { id })
  }

  /** Whether a job of the chat is unfinished. No message may overtake it. */
  isBusy(chatKey: string, manager: EntityManager = this.storage.manager): Promise<boolean> {
    return manager.existsBy(BotJobEntity, { chatKey, state: 'waiting' })
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
    await this.storage.manager.update(
      BotJobEntity,
      { delivery: 'stream', state, createdAt: LessThanOrEqual(now - STREAM_MS) },
      { delivery: 'later', deliverAt: now },
    )
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
