import { Inject, Injectable } from '@nestjs/common'
import type { AdminCard } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { CardContent } from '../../members/cards/card-content.js'
import { CardRepository } from '../../members/cards/card.repository.js'
import { ShareEntity } from '../../members/shares/share.entity.js'
import { cardDetail } from './card-view.js'

const SHARES = 100

/** One card, for administrators: everything except its body. */
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
