import { Injectable } from '@nestjs/common'
import { DataSource, In, MoreThan } from 'typeorm'
import type { BotNotices } from '../../core/config/config.js'
import { DAY } from '../../core/time.js'
import { CardEntity } from '../../members/cards/card.entity.js'
import { OpeningEntity } from '../../members/openings/opening.entity.js'
import type { OwnCard } from '../chat-members/own-cards.js'
import type { NoticeKind } from '../storage/bot-notice.entity.js'

/** Something that happened to a card, of which its owner may hear. */
export interface CardEvent {
  readonly kind: NoticeKind
  readonly cardId: string
  readonly ownerId: string
  readonly appId: string
  /** Milliseconds UTC. Of `expiring`: when the card expires. Of `refused`: the first refusal. */
  readonly at: number
  readonly times: number
}

/** A place in a stream of rows that is ordered by time and id. */
export interface Place {
  readonly at: number
  readonly lastId: string
}

interface Page {
  readonly events: readonly CardEvent[]
  /** The place of the last row; undefined: no rows. */
  readonly last: Place | undefined
  readonly isFull: boolean
}

type Opening = Pick<OpeningEntity, 'id' | 'at' | 'cardId' | 'outcome'>
type Card = Pick<CardEntity, 'id' | 'ownerId' | 'appId'>
type OpenedCard = Card & Pick<CardEntity, 'firstOpenedAt'>

const SWITCHES = {
  opened: 'firstOpening',
  refused: 'refusedAttempts',
  expiring: 'expiringTomorrow',
} as const satisfies Record<NoticeKind, keyof BotNotices>

/** Whether a bot's owners hear of this kind. */
export const isNoticeEnabled = (notices: BotNotices, kind: NoticeKind): boolean =>
  notices[SWITCHES[kind]]

const PAGE = 500
/** Refusals that one conversation counts. */
const MAX_REFUSALS = 1000

/**
 * The one source of notices. `NoticeFinder` reads all cards page by page, for messages of the app. `ConversationNotices`
 * reads the cards of one person.
 */
@Injectable()
export class CardEvents {
  constructor(private readonly storage: DataSource) {}

  /** First openings and refusals among the openings behind `place`, up to `until`. Costs one page of an index. */
  async openings(
    { at, lastId }: Place,
    { since, until }: { since: number; until: number },
    appIds: readonly string[],
  ): Promise<Page> {
    const rows = await this.storage.manager
      .createQueryBuilder(OpeningEntity, 'o')
      .select(['o.id', 'o.at', 'o.cardId', 'o.outcome'])
      .where('o.at >= :since AND o.at <= :until', { since, until })
      .andWhere('(o.at > :at OR o.id > :lastId)', { at, lastId })
      .orderBy({ 'o.at': 'ASC', 'o.id': 'ASC' })
      .limit(PAGE)
      .getMany()
    const ofCards = await this.#withCards(rows, appIds)
    const events = ofCards.flatMap(([card, openings]) => [
      ...firstOpening(card, (time) => isGrantedAmong(openings, time)),
      ...refusals(card, openings.filter(isRefused)),
    ])
    return pageOf(rows, events)
  }

  /** Cards that expire behind `place`, from now until a day from now. Skips what was made for less than a day. */
  async expiries({ at, lastId }: Place, now: number): Promise<Page> {
    const cards = await this.storage.manager
      .createQueryBuilder(CardEntity, 'c')
      .select(['c.id', 'c.ownerId', 'c.appId', 'c.createdAt', 'c.expiresAt', 'c.revokedAt'])
      .where('c.expiresAt >= :since AND c.expiresAt <= :until', {
        since: Math.max(at, now),
        until: now + DAY,
      })
      .andWhere('(c.expiresAt > :at OR c.id > :lastId)', { at, lastId })
      .orderBy({ 'c.expiresAt': 'ASC', 'c.id': 'ASC' })
      .limit(PAGE)
      .getMany()
    const rows = cards.flatMap((card) =>
      card.expiresAt === null ? [] : [{ ...card, at: card.expiresAt }],
    )
    const events = rows
      .filter(({ revokedAt, createdAt, at }) => revokedAt === null && createdAt <= at - DAY)
      .map((card) => eventOf(card, 'expiring', card.at))
    return pageOf(rows, events)
  }

  /** What happened to a person's cards after `since`, or begins its last day: of each kind that is switched on. */
  async ofCards(
    cards: readonly OwnCard[],
    notices: BotNotices,
    { since, now }: { since: number; now: number },
  ): Promise<CardEvent[]> {
    const isNew = (at: number): boolean => at > since
    const refused = notices.refusedAttempts ? await this.#refusedSince(cards, since) : []
    const refusalsOf = groupBy(refused, ({ cardId }) => cardId)
    const kinds = [
      ...cards.flatMap((own) => lastDay(own, now, isNew)),
      ...cards.flatMap(({ card }) => firstOpening(card, isNew)),
      ...cards.flatMap(({ card }) => refusals(card, refusalsOf.get(card.id) ?? [])),
    ]
    return kinds.filter(({ kind }) => isNoticeEnabled(notices, kind))
  }

  async #withCards(
    openings: readonly Opening[],
    appIds: readonly string[],
  ): Promise<[OpenedCard, Opening[]][]> {
    const byCard = groupBy(openings, ({ cardId }) => cardId)
    const ids = [...byCard.keys()].filter((id) => id !== null)
    const cards = await this.storage.manager.find(CardEntity, {
      select: { id: true, ownerId: true, appId: true, firstOpenedAt: true },
      where: { id: In(ids), appId: In([...appIds]) },
    })
    return cards.map((card) => [card, byCard.get(card.id) ?? []])
  }

  async #refusedSince(
    cards: readonly OwnCard[],
    since: number,
  ): Promise<Pick<Opening, 'cardId' | 'at'>[]> {
    const ids = cards.filter(({ card }) => card.refusedCount > 0).map(({ card }) => card.id)
    if (ids.length === 0) return []
    return this.storage.manager.find(OpeningEntity, {
      select: { cardId: true, at: true },
      where: { cardId: In(ids), outcome: In(['refused', 'rejected']), at: MoreThan(since) },
      take: MAX_REFUSALS,
    })
  }
}

const isGrantedAmong = (openings: readonly Opening[], time: number): boolean =>
  openings.some(({ outcome, at }) => outcome === 'granted' && at === time)

const isRefused = ({ outcome }: Opening): boolean => outcome !== 'granted'

const eventOf = (
  { id, ownerId, appId }: Card,
  kind: NoticeKind,
  at: number,
  times = 1,
): CardEvent => ({ kind, cardId: id, ownerId, appId, at, times })

const firstOpening = (card: OpenedCard, isNew: (at: number) => boolean): CardEvent[] =>
  card.firstOpenedAt !== null && isNew(card.firstOpenedAt)
    ? [eventOf(card, 'opened', card.firstOpenedAt)]
    : []

/** All refusals of a card are one event. */
const refusals = (card: Card, [first, ...others]: readonly Pick<Opening, 'at'>[]): CardEvent[] =>
  first ? [eventOf(card, 'refused', first.at, 1 + others.length)] : []

/** An active card whose last day began since the owner heard from the bot. */
const lastDay = (
  { card, status }: OwnCard,
  now: number,
  isNew: (at: number) => boolean,
): CardEvent[] => {
  const { expiresAt } = card
  if (status !== 'active' || expiresAt === null || expiresAt - DAY > now) return []
  return isNew(expiresAt - DAY) ? [eventOf(card, 'expiring', expiresAt)] : []
}

const groupBy = <T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}

const pageOf = (
  rows: readonly { at: number; id: string }[],
  events: readonly CardEvent[],
): Page => {
  const last = rows.at(-1)
  return { events, last: last && { at: last.at, lastId: last.id }, isFull: rows.length === PAGE }
}
