import { Inject, Injectable } from '@nestjs/common'
import type { CardStatus } from '@sealcard/protocol'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { oneLine, squeeze } from '../../core/text.js'
import { CardContent } from '../../members/cards/card-content.js'
import { CardLists, type ListedCard } from '../../members/cards/card-lists.js'
import { CardRepository } from '../../members/cards/card.repository.js'
import { statusOf } from '../../members/cards/card.view.js'
import { normalise } from '../i18n/written-text.js'

/** Characters of a search text that count. */
const MAX_SEARCHED = 64

/**
 * Whether `wanted` may mean `title`: it contains the title, or is like a part of it, with one wrong character in three.
 * Both are squeezed. @returns how many characters differ; undefined: too many
 */
export const distance = (wanted: string, title: string): number | undefined => {
  const characters = Array.from(wanted).slice(0, MAX_SEARCHED)
  if (characters.length < 2 || title === '') return undefined
  if (wanted.includes(title)) return 0
  const differs = fewestEdits(characters, Array.from(title))
  return differs <= Math.max(1, Math.floor(characters.length / 3)) ? differs : undefined
}

/** Sellers' algorithm: the smallest edit distance between `part` and any part of `whole`. */
const fewestEdits = (part: readonly string[], whole: readonly string[]): number => {
  let above = whole.map(() => 0)
  let first = 0
  for (const character of part) {
    let before = first
    first += 1
    let left = first
    above = whole.map((other, i) => {
      const up = above[i] ?? 0
      left = Math.min(left + 1, up + 1, before + (character === other ? 0 : 1))
      before = up
      return left
    })
  }
  return Math.min(first, ...above)
}

/** A card of the person who asks: its title, never its body. */
export interface OwnCard {
  readonly card: ListedCard
  /** One line; `—` for an erased title. */
  readonly title: string
  readonly status: CardStatus
}

/** The bot reads so many of a person's cards, the newest. */
export const MAX_CARDS = 200

/** Suggestions for a card that was not found. */
const NEAREST = 3

/** The cards of one person. Every query is restricted to the owner. */
@Injectable()
export class OwnCards {
  constructor(
    private readonly cards: CardRepository,
    private readonly lists: CardLists,
    private readonly content: CardContent,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async latest(viewerId: string): Promise<OwnCard[]> {
    const cards = await this.lists.sent(viewerId, undefined, MAX_CARDS)
    return cards.map((card) => this.#view(card))
  }

  async byId(viewerId: string, id: string): Promise<OwnCard | undefined> {
    return (await this.byIds(viewerId, [id]))[0]
  }

  async byIds(viewerId: string, ids: readonly string[]): Promise<OwnCard[]> {
    return (await this.cards.findAllOwn(ids, viewerId)).map((card) => this.#view(card))
  }

  /**
   * Finds cards by a number of the last list; else by a whole title; else by a title without its spaces; else by a part
   * of a title. @returns newest first
   */
  async find(viewerId: string, words: string, lastList: readonly string[]): Promise<OwnCard[]> {
    const number = /^(?:#|第)? ?(\d{1,3}) ?(?:张|号)?$/u.exec(words)
    const listed = number && lastList[Number(number[1]) - 1]
    if (listed) {
      const own = await this.byId(viewerId, listed)
      return own ? [own] : []
    }
    const wanted = squeeze(words)
    if (wanted === '') return []
    const all = await this.#titled(viewerId)
    const whole = all.filter(({ title }) => title === wanted)
    const asWritten = whole.filter(({ written }) => written === normalise(words))
    const parts = all.filter(({ title }) => title.includes(wanted))
    const found = [asWritten, whole].find(({ length }) => length > 0) ?? parts
    return found.map(({ own }) => own)
  }

  /** Cards with titles like the words, the most similar first. */
  async nearest(viewerId: string, words: string): Promise<OwnCard[]> {
    const wanted = squeeze(words)
    const alike = (await this.#titled(viewerId)).flatMap(({ own, title }) => {
      const differs = distance(wanted, title)
      return differs === undefined ? [] : [{ own, differs }]
    })
    return alike
      .sort((a, b) => a.differs - b.differs)
      .slice(0, NEAREST)
      .map(({ own }) => own)
  }

  /** Newest first, without cards whose title is erased. */
  async #titled(viewerId: string) {
    return (await this.latest(viewerId)).flatMap((own) => {
      const listed = this.content.listedTitle(own.card)
      const title = squeeze(listed)
      return title === '' ? [] : [{ own, title, written: normalise(listed) }]
    })
  }

  #view(card: ListedCard): OwnCard {
    const title = oneLine(this.content.listedTitle(card), 40)
    return { card, title: title || '—', status: statusOf(card, this.clock.now()) }
  }
}
