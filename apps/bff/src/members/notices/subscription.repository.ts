import { Inject, Injectable } from '@nestjs/common'
import type { SubscriptionEvent } from '@sealcard/protocol'
import {
  DataSource,
  type EntityManager,
  type FindOptionsWhere,
  In,
  IsNull,
  LessThanOrEqual,
  MoreThan,
  type QueryDeepPartialEntity,
} from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { HOUR } from '../../core/time.js'
import { SubscriptionEntity } from './subscription.entity.js'

/** Between two messages about one event of a card: what happens in the meantime is one message. */
const APART_MS = HOUR

/**
 * Acceptances and their messages. Every step is one conditional update: an acceptance is used before its message leaves,
 * so neither a second process nor a crash uses it twice.
 */
@Injectable()
export class SubscriptionRepository {
  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Something happened to these cards: their owners hear of it now, or an hour after the last message. */
  async mark(
    manager: EntityManager,
    event: SubscriptionEvent,
    cardIds: readonly string[],
  ): Promise<void> {
    if (cardIds.length === 0) return
    const now = this.clock.now()
    const waits = {
      cardId: In([...cardIds]),
      event,
      remaining: MoreThan(0),
      dueAt: IsNull(),
    }
    const recent = { ...waits, sentAt: MoreThan(now - APART_MS) }
    await manager.update(SubscriptionEntity, recent, { dueAt: () => `sent_at + ${APART_MS}` })
    await manager.update(SubscriptionEntity, waits, { dueAt: now })
  }

  /** Due ones, the oldest first. */
  due(take: number): Promise<SubscriptionEntity[]> {
    return this.storage.manager.find(SubscriptionEntity, {
      where: { dueAt: LessThanOrEqual(this.clock.now()), remaining: MoreThan(0) },
      order: { dueAt: 'ASC', cardId: 'ASC', event: 'ASC' },
      take,
    })
  }

  /** Uses one acceptance, before its message leaves. @returns false when another process was faster */
  claim(row: SubscriptionEntity, toldUntil: number): Promise<boolean> {
    return this.#change(as(row), { remaining: row.remaining - 1, dueAt: null, toldUntil })
  }

  /** There is nothing to tell, or nothing yet. */
  async wait(row: SubscriptionEntity, dueAt: number | null = null): Promise<void> {
    await this.#change(as(row), { dueAt, attempts: 0 })
  }

  async sent({ cardId, event }: SubscriptionEntity): Promise<void> {
    const now = this.clock.now()
    await this.#change({ cardId, event }, { sentAt: now, changedAt: now, attempts: 0 })
  }

  /**
   * The message certainly did not leave: the acceptance counts again.
   * @param dueAt when it is tried again; null: it is not, and later events are told
   */
  async giveBack(row: SubscriptionEntity, dueAt: number | null): Promise<void> {
    const { cardId, event, toldUntil, attempts } = row
    const back = { remaining: () => 'remaining + 1' }
    await this.#change(
      { cardId, event },
      dueAt === null
        ? { ...back, attempts: 0 }
        : { ...back, dueAt, toldUntil, attempts: attempts + 1 },
    )
  }

  /** The platform says that the person accepted no further message. */
  async end({ cardId, event }: SubscriptionEntity): Promise<void> {
    await this.#change({ cardId, event }, { remaining: 0, dueAt: null })
  }

  async #change(
    where: FindOptionsWhere<SubscriptionEntity>,
    change: QueryDeepPartialEntity<SubscriptionEntity>,
  ): Promise<boolean> {
    const { affected } = await this.storage.manager.update(SubscriptionEntity, where, change)
    return affected === 1
  }
}

/** The row as it was read. */
const as = ({ cardId, event, remaining, dueAt, toldUntil }: SubscriptionEntity) => ({
  cardId,
  event,
  remaining,
  dueAt: dueAt ?? IsNull(),
  toldUntil,
})
