import { Injectable } from '@nestjs/common'
import type { Card } from '@sealcard/protocol'
import type { EntityManager } from 'typeorm'
import { wireTime } from '../../core/time.js'
import { CardContent } from '../cards/card-content.js'
import type { CardEntity } from '../cards/card.entity.js'
import { cardView, countsView } from '../cards/card.view.js'
import { ShareLabels } from '../shares/share-labels.js'
import { ShareRepository } from '../shares/share.repository.js'

/** Shares that a card tells. */
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
    return {
      ...cardView(card, this.content.ofOwner(card, card.ownerId), now),
      openings: countsView(card),
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
