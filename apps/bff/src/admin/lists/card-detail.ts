import { Inject, Injectable } from '@nestjs/common'
import type { AdminCard } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { CardContent } from '../../cards/card-content.js'
import { CardRepository } from '../../cards/card.repository.js'
import { ApiError } from '../../http/api-error.js'
import { asId } from '../../http/ids.js'
import { CLOCK, type Clock } from '../../ports/clock.js'
import { ShareEntity } from '../../shares/share.entity.js'
import { cardDetail } from './card-view.js'

const SHARES = 100

/** One card, for administrators: everything but what it says. */
@Injectable()
export class CardDetail {
  constructor(
    private readonly storage: DataSource,
    private readonly cards: CardRepository,
    private readonly content: CardContent,
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
    return cardDetail(card, this.content.listedTitle(card), shares, this.clock.now())
  }
}
