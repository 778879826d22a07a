import { Injectable } from '@nestjs/common'
import type { InternalErrorCode } from '@sealcard/protocol'
import { type EntityManager, IsNull, LessThan } from 'typeorm'
import { CardEntity, CardViewerEntity } from '../cards/card.entity.js'

/** A concurrent transaction changed the card between our look and our claim: look again. */
export class ConcurrentUpdateError extends Error {
  override readonly name = 'ConcurrentUpdateError'
  readonly code = 'ERR_CONCURRENT_UPDATE' satisfies InternalErrorCode
}

/** Without a limit: larger than any counter gets. */
const UNLIMITED = 2 ** 31 - 1

/**
 * Claims one view of a card. Counters move by conditional updates alone, so exactly as many claims win as the policy
 * allows, however many ask at once and from however many processes.
 */
@Injectable()
export class ViewClaim {
  /** @returns whether the claim won @throws ConcurrentUpdateError when the card was revoked meanwhile */
  async take(
    manager: EntityManager,
    card: CardEntity,
    viewerId: string,
    now: number,
  ): Promise<boolean> {
    const who = { cardId: card.id, viewerId }
    const known = await manager.findOneBy(CardViewerEntity, who)
    if (!known) return this.#first(manager, card, viewerId, now)
    const { affected } = await manager
      .createQueryBuilder()
      .update(CardViewerEntity)
      .set({ opens: () => 'opens + 1', lastAt: now })
      .where({ ...who, opens: LessThan(card.policy.maxOpensPerViewer ?? UNLIMITED) })
      .execute()
    if (affected !== 1) return false
    await this.#count(manager, card, UNLIMITED, { lastOpenedAt: now })
    return true
  }

  /** @throws a unique violation when the same viewer's other opening comes first */
  async #first(
    manager: EntityManager,
    card: CardEntity,
    viewerId: string,
    now: number,
  ): Promise<boolean> {
    const won = await this.#count(manager, card, card.policy.maxViewers ?? UNLIMITED, {
      viewerCount: () => 'viewer_count + 1',
      lastOpenedAt: now,
      ...(card.firstOpenedAt === null && { firstOpenedAt: now }),
    })
    if (!won) return false
    await manager.insert(CardViewerEntity, {
      cardId: card.id,
      viewerId,
      opens: 1,
      firstAt: now,
      lastAt: now,
      acknowledgedAt: null,
    })
    return true
  }

  /** Counts the opening, unless the card was revoked or has `maxViewers` by now. */
  async #count(
    manager: EntityManager,
    card: CardEntity,
    maxViewers: number,
    more: Counters,
  ): Promise<boolean> {
    const { affected } = await manager
      .createQueryBuilder()
      .update(CardEntity)
      .set({ openCount: () => 'open_count + 1', ...more })
      .where({ id: card.id, revokedAt: IsNull(), viewerCount: LessThan(maxViewers) })
      .execute()
    if (affected === 1) return true
    const now = await manager.findOneBy(CardEntity, { id: card.id })
    if (now?.revokedAt !== null) throw new ConcurrentUpdateError('the card was revoked meanwhile')
    return false
  }
}

interface Counters {
  lastOpenedAt: number
  firstOpenedAt?: number
  viewerCount?: () => string
}
