import { Inject, Injectable } from '@nestjs/common'
import {
  And,
  DataSource,
  type EntityManager,
  IsNull,
  LessThanOrEqual,
  MoreThan,
  MoreThanOrEqual,
  Not,
} from 'typeorm'
import { type Clock, CLOCK } from '../../core/ports/clock.js'
import { type Random, RANDOM } from '../../core/ports/random.js'
import { SECOND } from '../../core/time.js'
import { Lease } from '../../database/lease.js'
import type { Span } from '../../http/limits/person-limits.js'
import { CardEntity } from '../cards/card.entity.js'
import { ShareEntity } from './share.entity.js'

/**
 * Longer than a platform call with all its tries. A declaration may take several of those, and another request may take
 * over its lease: that costs one activity and nothing else. A holder that dies blocks declarations for this long.
 */
const LEASE_MS = 20 * SECOND
const lease = new Lease(
  CardEntity,
  { owner: 'shareLease', until: 'shareLeaseUntil', never: null },
  LEASE_MS,
)

@Injectable()
export class ShareRepository {
  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  find(id: string): Promise<ShareEntity | null> {
    return this.storage.manager.findOneBy(ShareEntity, { id })
  }

  /**
   * The sharer's share of the card that can be shared longest, if that is until `until` or later.
   * @param labelHash null: without a label
   */
  findShareable(
    { cardId, sharerId, labelHash }: Pick<ShareEntity, 'cardId' | 'sharerId' | 'labelHash'>,
    until: number,
  ): Promise<ShareEntity | null> {
    return this.storage.manager.findOne(ShareEntity, {
      where: {
        cardId,
        sharerId,
        labelHash: labelHash ?? IsNull(),
        shareUntil: MoreThanOrEqual(until),
        sealedValue: Not(IsNull()),
      },
      order: { shareUntil: 'DESC' },
    })
  }

  /** The card's newest, newest first. */
  newest(
    cardId: string,
    take: number,
    manager: EntityManager = this.storage.manager,
  ): Promise<ShareEntity[]> {
    const order = { createdAt: 'DESC', id: 'DESC' } as const
    return manager.find(ShareEntity, { where: { cardId }, order, take })
  }

  /** Of a deleted card: it is never shared again, and its labels are not kept. */
  forget(manager: EntityManager, cardId: string): Promise<unknown> {
    const nothing = { sealedValue: null, sealedLabel: null, labelHash: null }
    return manager.update(ShareEntity, { cardId }, nothing)
  }

  /** When the sharer's n-th newest share of those made in that span was made. */
  async nthMade(
    sharerId: string,
    { after, until }: Span,
    n: number,
    manager: EntityManager = this.storage.manager,
  ): Promise<number | undefined> {
    const [row] = await manager.find(ShareEntity, {
      select: { id: true, createdAt: true },
      where: { sharerId, createdAt: And(MoreThan(after), LessThanOrEqual(until)) },
      order: { createdAt: 'DESC' },
      skip: n - 1,
      take: 1,
    })
    return row?.createdAt
  }

  insert(manager: EntityManager, share: ShareEntity): Promise<unknown> {
    return manager.insert(ShareEntity, share)
  }

  /** Takes the card's turn to declare. @returns its owner's name; null when it is taken, or the card revoked */
  async lease(cardId: string): Promise<string | null> {
    const { manager } = this.storage
    const owner = this.random.id()
    const free = { id: cardId, revokedAt: IsNull() }
    return (await lease.take(manager, free, owner, this.clock.now())) ? owner : null
  }

  /** @returns whether the owner still held it, and the card is not revoked */
  async release(
    cardId: string,
    owner: string,
    manager: EntityManager = this.storage.manager,
  ): Promise<boolean> {
    return (await lease.release(manager, { id: cardId, revokedAt: IsNull() }, owner)) === 1
  }
}
