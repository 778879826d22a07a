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
import { MINUTE } from '../../core/time.js'
import type { Answer } from '../replies/answer.js'
import { LATER_MS, STREAM_MS } from '../wire/reply.js'
import { BotJobEntity, type Delivery, type JobState } from './bot-job.entity.js'

/** Nobody else takes a job while its lease lasts; a process that works on it renews it. */
export const LEASE_MS = 20_000
/** Neither a lease nor the wait for the next try is longer, by any two clocks: what is later was written by a wrong one. */
const LONGEST_MS = 2 * MINUTE

const ref = (id: string, purpose: 'message' | 'answer') => ({ table: 'bot_jobs', row: id, purpose })

interface NewJob {
  readonly id: string
  readonly botId: string
  readonly chatKey: string
  /** Who asks, as `viewers.lookup`. */
  readonly person: string
  readonly plaintext: string
  readonly delivery: Delivery
}

/** The outbox: claimed with leases, one at a time and in order within a chat. */
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

  /** @throws a unique violation when another message of the chat took the place meanwhile */
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
      leaseOwner: null,
      leaseUntil: 0,
      deliverAt: now,
      createdAt: now,
    })
  }

  find(id: string, manager: EntityManager = this.storage.manager): Promise<BotJobEntity | null> {
    return manager.findOneBy(BotJobEntity, { id })
  }

  /** Whether something of the chat is unfinished: then nothing may overtake it. */
  isBusy(chatKey: string, manager: EntityManager = this.storage.manager): Promise<boolean> {
    return manager.existsBy(BotJobEntity, { chatKey, state: 'waiting' })
  }

  /** How many of its chat come before it. */
  ahead({ chatKey, seq }: BotJobEntity, manager: EntityManager): Promise<number> {
    return manager.countBy(BotJobEntity, { chatKey, state: 'waiting', seq: LessThan(seq) })
  }

  /**
   * What may be tried now, each the first of its chat, oldest first. The database picks the firsts: what waits behind one
   * of another chat takes no place here.
   */
  due(take: number): Promise<BotJobEntity[]> {
    const now = this.clock.now()
    const over = Or(LessThanOrEqual(now), MoreThan(now + LONGEST_MS))
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
      .where({ state: 'waiting', nextAt: over, leaseUntil: over })
      .orderBy('job.createdAt')
      .addOrderBy('job.seq')
      .limit(take)
      .getMany()
  }

  /** @returns whether this process holds it now */
  async claim({ id, leaseUntil }: BotJobEntity): Promise<boolean> {
    const { affected } = await this.storage.manager.update(
      BotJobEntity,
      { id, state: 'waiting', leaseUntil },
      { leaseOwner: this.#owner, leaseUntil: this.clock.now() + LEASE_MS },
    )
    return affected === 1
  }

  async renew(id: string): Promise<void> {
    await this.storage.manager.update(
      BotJobEntity,
      { id, state: 'waiting', leaseOwner: this.#owner },
      { leaseUntil: this.clock.now() + LEASE_MS },
    )
  }

  /** Gives back what this process holds, for another one to take at once. */
  async releaseAll(): Promise<void> {
    const mine = { state: 'waiting' as const, leaseOwner: this.#owner }
    await this.storage.manager.update(BotJobEntity, mine, { leaseOwner: null, leaseUntil: 0 })
  }

  /** @returns whether this process still held it; if not, whoever does will finish it */
  async finish(
    manager: EntityManager,
    id: string,
    state: Exclude<JobState, 'waiting'>,
    answer: Answer | null,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      BotJobEntity,
      { id, state: 'waiting', leaseOwner: this.#owner },
      {
        state,
        sealedAnswer: answer && this.vault.seal(ref(id, 'answer'), JSON.stringify(answer)),
        leaseOwner: null,
        leaseUntil: 0,
        deliverAt: this.clock.now(),
      },
    )
    return affected === 1
  }

  /** @param after milliseconds until it is tried again */
  async retry({ id, attempts }: BotJobEntity, after: number): Promise<void> {
    await this.storage.manager.update(
      BotJobEntity,
      { id, state: 'waiting', leaseOwner: this.#owner },
      {
        attempts: attempts + 1,
        nextAt: this.clock.now() + after,
        leaseOwner: null,
        leaseUntil: 0,
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

  /** @returns whether the delivery was in one of these states, and is in the other now */
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

  /** Answers that must go to a response_url now, oldest first; also those for which nobody asks any more. */
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
