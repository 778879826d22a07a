import { Inject, Injectable } from '@nestjs/common'
import {
  And,
  DataSource,
  type EntityManager,
  IsNull,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  MoreThanOrEqual,
  Not,
  Or,
} from 'typeorm'
import { type Clock, CLOCK, CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { CardEntity } from '../cards/card.entity.js'
import { ShareEntity } from './share.entity.js'

@Injectable()
export class ShareRepository {
  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  find(id: string): Promise<ShareEntity | null> {
    return this.storage.manager.findOneBy(ShareEntity, { id })
  }

  /** The sharer's share of the card that can be shared longest, if that is until `until` or later. */
  findShareable(cardId: string, sharerId: string, until: number): Promise<ShareEntity | null> {
    return this.storage.manager.findOne(ShareEntity, {
      where: { cardId, sharerId, shareUntil: MoreThanOrEqual(until), sealedValue: Not(IsNull()) },
      order: { shareUntil: 'DESC' },
    })
  }

  /** When the sharer's n-th newest share of those between the two times was made. */
  async nthMade(
    sharerId: string,
    [from, to]: readonly [number, number],
    n: number,
    manager: EntityManager = this.storage.manager,
  ): Promise<number | undefined> {
    const [row] = await manager.find(ShareEntity, {
      select: { id: true, createdAt: true },
      where: { sharerId, createdAt: And(MoreThan(from), LessThan(to)) },
      order: { createdAt: 'DESC' },
      skip: n - 1,
      take: 1,
    })
    return row?.createdAt
  }

  insert(manager: EntityManager, share: ShareEntity): Promise<unknown> {
    return manager.insert(ShareEntity, share)
  }

  /** Takes the card's turn to declare. @returns whether nobody else has it; false also for a revoked card */
  async lease(cardId: string, owner: string, ms: number): Promise<boolean> {
    const now = this.clock.now()
    // Later than any could end: written by a clock that was ahead.
    const ahead = MoreThan(now + ms + CLOCK_SKEW_MS)
    const { affected } = await this.storage.manager.update(
      CardEntity,
      [
        { id: cardId, revokedAt: IsNull(), shareLease: IsNull() },
        { id: cardId, revokedAt: IsNull(), shareLeaseUntil: Or(LessThanOrEqual(now), ahead) },
      ],
      { shareLease: owner, shareLeaseUntil: now + ms },
    )
    return affected === 1
  }

  /** @returns whether it was still held, and the card not revoked meanwhile */
  async release(
    cardId: string,
    owner: string,
    manager: EntityManager = this.storage.manager,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      CardEntity,
      { id: cardId, shareLease: owner, revokedAt: IsNull() },
      { shareLease: null, shareLeaseUntil: null },
    )
    return affected === 1
  }
}
