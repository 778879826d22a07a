import { Inject, Injectable } from '@nestjs/common'
import type { CreateCard, Policy } from '@sealcard/protocol'
import type { EntityManager } from 'typeorm'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { SECOND } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { CardContent } from './card-content.js'
import type { CardEntity } from './card.entity.js'
import { CardRepository } from './card.repository.js'

/** More than the number of cards that one person makes within a millisecond. */
const NEAR_MS = SECOND

/** Builds a new card, sealed. */
@Injectable()
export class CardFactory {
  constructor(
    private readonly cards: CardRepository,
    private readonly content: CardContent,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** @param policy the card's, as the company allows it @returns the card, not inserted */
  async build(
    manager: EntityManager,
    me: Principal,
    { title, body }: Pick<CreateCard, 'title' | 'body'>,
    policy: Policy,
    now: number,
  ): Promise<CardEntity> {
    const createdAt = await this.#moment(manager, me.viewerId, now)
    const id = this.random.id()
    return {
      id,
      ownerId: me.viewerId,
      appId: me.app.id,
      ...this.content.seal(id, { title, body }),
      policy,
      createdAt,
      expiresAt: policy.expiresAt === undefined ? null : Date.parse(policy.expiresAt),
      revokedAt: null,
      viewerCount: 0,
      openCount: 0,
      refusedCount: 0,
      firstOpenedAt: null,
      lastOpenedAt: null,
      shareLease: null,
      shareLeaseUntil: null,
    }
  }

  /**
   * An owner's cards have different times, so that their order is known: the later of two cards within a millisecond gets
   * the next one. A card that is further ahead comes from another clock.
   */
  async #moment(manager: EntityManager, ownerId: string, now: number): Promise<number> {
    const last = await this.cards.lastMadeAt(manager, ownerId)
    return last >= now && last - now < NEAR_MS ? last + 1 : now
  }
}
