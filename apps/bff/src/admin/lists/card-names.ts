import { Injectable } from '@nestjs/common'
import type { CardName } from '@sealcard/protocol'
import { DataSource, In } from 'typeorm'
import { CardContent } from '../../members/cards/card-content.js'
import { CardEntity } from '../../members/cards/card.entity.js'

/** A card as a row of another list names it. */
export interface NamedCard extends CardName {
  /** Null: the card is not there any more. */
  readonly ownerId: string | null
}

/** Titles of the cards that rows of other lists are about: one statement for each page. */
@Injectable()
export class CardNames {
  constructor(
    private readonly storage: DataSource,
    private readonly content: CardContent,
  ) {}

  /** @returns finds the card of an id; the title is empty once erased, and of a card that is not there any more */
  async of(ids: readonly (string | null)[]): Promise<(id: string) => NamedCard> {
    const wanted = [...new Set(ids.flatMap((id) => id ?? []))]
    const select = { id: true, ownerId: true, sealedTitle: true } as const
    const rows =
      wanted.length === 0
        ? []
        : await this.storage.manager.find(CardEntity, { select, where: { id: In(wanted) } })
    const named = new Map(
      rows.map((row): [string, NamedCard] => [
        row.id,
        { id: row.id, title: this.content.listedTitle(row), ownerId: row.ownerId },
      ]),
    )
    return (id) => named.get(id) ?? { id, title: '', ownerId: null }
  }
}
