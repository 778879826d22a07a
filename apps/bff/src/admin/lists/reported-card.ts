import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { CardEntity } from '../../members/cards/card.entity.js'
import { OpeningEntity } from '../../members/openings/opening.entity.js'
import { ShareEntity } from '../../members/shares/share.entity.js'
import type { CardConditions } from './card-branches.js'

/**
 * What somebody reports is an id: a card's, a share's (it is in the URL), an opening's, or a person's. Titles lie sealed
 * under random nonces: no query finds them, so none is offered.
 */
@Injectable()
export class ReportedCard {
  constructor(private readonly storage: DataSource) {}

  /** @returns what the list is narrowed to: one card, or else a person's cards, which may be none */
  async find(q: string): Promise<Pick<CardConditions, 'id' | 'owner'>> {
    const { manager } = this.storage
    const [card, share, opening] = await Promise.all([
      manager.findOne(CardEntity, { select: { id: true }, where: { id: q } }),
      manager.findOne(ShareEntity, { select: { id: true, cardId: true }, where: { id: q } }),
      manager.findOne(OpeningEntity, { select: { id: true, cardId: true }, where: { id: q } }),
    ])
    const id = card?.id ?? share?.cardId ?? opening?.cardId
    return id ? { id } : { owner: q }
  }
}
