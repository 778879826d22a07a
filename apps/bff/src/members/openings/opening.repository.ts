import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, LessThan } from 'typeorm'
import type { Place } from '../../http/pagination/page-cursor.js'
import { CardViewerEntity } from '../cards/card.entity.js'
import { OpeningEntity } from './opening.entity.js'

@Injectable()
export class OpeningRepository {
  constructor(private readonly storage: DataSource) {}

  find(id: string, manager: EntityManager = this.storage.manager): Promise<OpeningEntity | null> {
    return manager.findOneBy(OpeningEntity, { id })
  }

  /** The card's readers, by first opening, newest first. */
  roster(cardId: string, after: Place | undefined, take: number): Promise<CardViewerEntity[]> {
    return this.storage.manager.find(CardViewerEntity, {
      where: after
        ? [
            { cardId, firstAt: LessThan(after.at) },
            { cardId, firstAt: after.at, viewerId: LessThan(after.id) },
          ]
        : { cardId },
      order: { firstAt: 'DESC', viewerId: 'DESC' },
      take,
    })
  }

  /** Openings of the card that were refused to proven recipients, newest first. */
  refused(cardId: string, after: Place | undefined, take: number): Promise<OpeningEntity[]> {
    const refused = { cardId, outcome: 'refused' } as const
    return this.storage.manager.find(OpeningEntity, {
      where: after
        ? [
            { ...refused, at: LessThan(after.at) },
            { ...refused, at: after.at, id: LessThan(after.id) },
          ]
        : refused,
      order: { at: 'DESC', id: 'DESC' },
      take,
    })
  }
}
