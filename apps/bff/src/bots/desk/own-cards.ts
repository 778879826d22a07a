import { Inject, Injectable } from '@nestjs/common'
import type { CardStatus } from '@sealcard/protocol'
import { CardContent } from '../../cards/card-content.js'
import type { CardEntity } from '../../cards/card.entity.js'
import { CardRepository } from '../../cards/card.repository.js'
import { statusOf } from '../../cards/card-status.js'
import { CLOCK, type Clock } from '../../ports/clock.js'
import { oneLine } from '../words/chat-text.js'
import { normalise } from '../words/command.js'

/** A card of the person who asks: its title, never its body. */
export interface OwnCard {
  readonly card: CardEntity
  /** One line; stands for an erased title too. */
  readonly title: string
  readonly status: CardStatus
}

/** So many of a person's cards are looked through, the latest. */
export const LOOKED_THROUGH = 200

/** The cards of one person. Nothing here takes anybody else's into its hands. */
@Injectable()
export class OwnCards {
  constructor(
    private readonly cards: CardRepository,
    private readonly content: CardContent,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async latest(viewerId: string): Promise<OwnCard[]> {
    const cards = await this.cards.listSent(viewerId, undefined, LOOKED_THROUGH)
    return cards.map((card) => this.#view(card))
  }

  async byId(viewerId: string, id: string): Promise<OwnCard | undefined> {
    const card = await this.cards.findOwn(id, viewerId)
    return card ? this.#view(card) : undefined
  }

  async byIds(viewerId: string, ids: readonly string[]): Promise<OwnCard[]> {
    return (await this.cards.findAllOwn(ids, viewerId)).map((card) => this.#view(card))
  }

  /**
   * Whom the words mean: a number of the list shown last, else a whole title, else part of one.
   * @returns newest first
   */
  async find(viewerId: string, words: string, lastList: readonly string[]): Promise<OwnCard[]> {
    const number = /^(?:#|第)? ?(\d{1,3}) ?(?:张|号)?$/u.exec(words)
    const listed = number && lastList[Number(number[1]) - 1]
    if (listed) {
      const own = await this.byId(viewerId, listed)
      return own ? [own] : []
    }
    const wanted = normalise(words)
    const all = (await this.latest(viewerId)).map((own) => ({
      own,
      title: normalise(this.content.listedTitle(own.card)),
    }))
    const whole = all.filter(({ title }) => title === wanted)
    const found = whole.length > 0 ? whole : all.filter(({ title }) => title.includes(wanted))
    return found.filter(({ title }) => title !== '').map(({ own }) => own)
  }

  #view(card: CardEntity): OwnCard {
    const title = oneLine(this.content.listedTitle(card), 40)
    return { card, title: title || '—', status: statusOf(card, this.clock.now()) }
  }
}
