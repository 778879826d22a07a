import { Inject, Injectable } from '@nestjs/common'
import type { AdminCard, AdminCardSummary, AdminShare, Viewer } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { wireTime, wireTimeOrNull } from '../../core/time.js'
import { CardContent } from '../../members/cards/card-content.js'
import type { CardEntity } from '../../members/cards/card.entity.js'
import { CardRepository } from '../../members/cards/card.repository.js'
import { countsView, statusOf } from '../../members/cards/card.view.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { ShareEntity } from '../../members/shares/share.entity.js'

/** @param title what the chat shows; a body never comes here @param now milliseconds UTC */
export const cardSummary = (
  card: CardEntity,
  owner: Viewer,
  title: string,
  now: number,
): AdminCardSummary => ({
  id: card.id,
  app: card.appId,
  owner,
  title,
  status: statusOf(card, now),
  createdAt: wireTime(card.createdAt),
  expiresAt: wireTimeOrNull(card.expiresAt),
  revokedAt: wireTimeOrNull(card.revokedAt),
  openings: countsView(card),
})

const shareView = (share: ShareEntity, sharer: Viewer): AdminShare => ({
  id: share.id,
  sharer,
  platform: share.platform,
  createdAt: wireTime(share.createdAt),
  shareUntil: wireTime(share.shareUntil),
  verifyUntil: wireTime(share.verifyUntil),
})

const SHARES = 100

/** One card, for administrators: everything except its body. */
@Injectable()
export class CardDetail {
  constructor(
    private readonly storage: DataSource,
    private readonly cards: CardRepository,
    private readonly content: CardContent,
    private readonly views: ViewerViews,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ApiError ERR_NOT_FOUND */
  async read(cardId: string): Promise<AdminCard> {
    const card = await this.cards.find(asId(cardId))
    if (!card) throw new ApiError('ERR_NOT_FOUND')
    const shares = await this.storage.manager.find(ShareEntity, {
      where: { cardId: card.id },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: SHARES,
    })
    const title = this.content.listedTitle(card)
    const owner = await this.views.of(card.ownerId)
    const shown = shares.map(async (share) => shareView(share, await this.views.of(share.sharerId)))
    return {
      ...cardSummary(card, owner, title, this.clock.now()),
      policy: card.policy,
      shares: await Promise.all(shown),
    }
  }
}
