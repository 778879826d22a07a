import { Injectable } from '@nestjs/common'
import type { Card } from '@sealcard/protocol'
import type { EntityManager } from 'typeorm'
import { wireTime } from '../../core/time.js'
import { CardContent } from '../cards/card-content.js'
import type { CardEntity } from '../cards/card.entity.js'
import { cardView, countsView, statusOf } from '../cards/card.view.js'
import { ShareLabels } from '../shares/share-labels.js'
import type { ShareEntity } from '../shares/share.entity.js'
import { ShareRepository } from '../shares/share.repository.js'

/** How many shares of a card its owner gets. */
const SHOWN = 100

/** A card as its owner reads it, with its counts and shares. */
@Injectable()
export class OwnCardView {
  constructor(
    private readonly content: CardContent,
    private readonly shares: ShareRepository,
    private readonly labels: ShareLabels,
  ) {}

  /** @param now milliseconds UTC */
  async of(card: CardEntity, now: number, manager?: EntityManager): Promise<Card> {
    const shares = await this.shares.newest(card.id, SHOWN, manager)
    const until = readableUntil(card, shares, now)
    return {
      ...cardView(card, this.content.ofOwner(card, card.ownerId), now),
      openings: countsView(card),
      ...(until !== null && { readableUntil: wireTime(until) }),
      shares: shares.map((share) => ({
        id: share.id,
        ...this.labels.shown(share),
        createdAt: wireTime(share.createdAt),
        shareUntil: wireTime(share.shareUntil),
        verifyUntil: wireTime(share.verifyUntil),
      })),
    }
  }
}

/** @returns milliseconds UTC; null when it is over, or has no end and no share */
const readableUntil = (
  card: CardEntity,
  shares: readonly ShareEntity[],
  now: number,
): number | null => {
  if (statusOf(card, now) !== 'active') return null
  const proven = shares.length > 0 ? Math.max(...shares.map((one) => one.verifyUntil)) : Infinity
  const until = Math.min(proven, card.expiresAt ?? Infinity)
  return until === Infinity || until <= now ? null : until
}
