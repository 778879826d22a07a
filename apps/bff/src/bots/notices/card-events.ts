import { Injectable } from '@nestjs/common'
import { DataSource, In, IsNull, MoreThan } from 'typeorm'
import type { BotNotices } from '../../core/config/config.js'
import { DAY } from '../../core/time.js'
import { CardEntity, CardViewerEntity } from '../../members/cards/card.entity.js'
import { OpeningEntity } from '../../members/openings/opening.entity.js'
import { AccessRequestEntity } from '../../members/requests/access-request.entity.js'
import type { OwnCard } from '../chat-members/own-cards.js'
import type { CardEventKind } from '../registry/card-event-kind.js'

/** Something that happened to a card, of which its owner may hear. */
export interface CardEvent {
  readonly kind: CardEventKind
  readonly cardId: string
  readonly ownerId: string
  readonly appId: string
  /** Milliseconds UTC. Of `expiring`: when the card expires. Of several that are one event: the first. */
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

type Opening = Pick<OpeningEntity, 'id' | 'at' | 'cardId' | 'viewerId' | 'outcome'>
type Refused = Pick<Opening, 'cardId' | 'viewerId' | 'at' | 'outcome'>
type Card = Pick<CardEntity, 'id' | 'ownerId' | 'appId'>
interface Reader {
  readonly cardId: string
  readonly at: number
}
type OpenedCard = Card & Pick<CardEntity, 'firstOpenedAt'>

/** What people may choose about an event. Its key in the configuration is `SWITCHES`. */
const SWITCHES = {
  opened: 'firstOpening',
  readers: 'laterReaders',
  asked: 'accessRequests',
  late: 'refusedAttempts',
  refused: 'refusedAttempts',
  expiring: 'expiringTomorrow',
} as const satisfies Record<CardEventKind, keyof BotNotices>

/** Whether a bot's owners hear of this kind, unless they do not want to. */
export const isNoticeEnabled = (notices: BotNotices, kind: CardEventKind): boolean =>
  notices[SWITCHES[kind]] === true

const PAGE = 500
/** Events of a kind that one conversation counts. */
const MAX_GATHERED = 1000

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
      .select(['o.id', 'o.at', 'o.cardId', 'o.viewerId', 'o.outcome'])
      .where('o.at >= :since AND o.at <= :until', { since, until })
      .andWhere('(o.at > :at OR o.id > :lastId)', { at, lastId })
      .orderBy({ 'o.at': 'ASC', 'o.id': 'ASC' })
      .limit(PAGE)
      .getMany()
    const ofCards = await this.#withCards(rows, appIds)
    const readers = await this.#newReaders(ofCards)
    const events = ofCards.flatMap(([card, openings]) => [
      ...firstOpening(card, (time) => isGrantedAmong(openings, time)),
      ...together(card, 'readers', readers.get(card.id) ?? []),
      ...refusals(card, openings),
    ])
    return pageOf(rows, events)
  }

  /** Requests for access behind `place`, up to `until`. Costs one page of an index. */
  async requests(
    { at, lastId }: Place,
    { since, until }: { since: number; until: number },
    appIds: readonly string[],
  ): Promise<Page> {
    const rows = await this.storage.manager
      .createQueryBuilder(AccessRequestEntity, 'r')
      .select(['r.id', 'r.at', 'r.cardId'])
      .where('r.at >= :since AND r.at <= :until', { since, until })
      .andWhere('(r.at > :at OR r.id > :lastId)', { at, lastId })
      .orderBy({ 'r.at': 'ASC', 'r.id': 'ASC' })
      .limit(PAGE)
      .getMany()
    const ofCards = await this.#withCards(rows, appIds)
    const events = ofCards.flatMap(([card, requests]) => together(card, 'asked', requests))
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
    const asked = notices.accessRequests ? await this.#askedSince(cards, since) : []
    const requestsOf = groupBy(asked, ({ cardId }) => cardId)
    const later = notices.laterReaders ? await this.#readersSince(cards, since) : []
    const readersOf = groupBy(later, ({ cardId }) => cardId)
    const kinds = [
      ...cards.flatMap((own) => lastDay(own, now, isNew)),
      ...cards.flatMap(({ card }) => firstOpening(card, isNew)),
      ...cards.flatMap(({ card }) => together(card, 'readers', readersOf.get(card.id) ?? [])),
      ...cards.flatMap(({ card }) => together(card, 'asked', requestsOf.get(card.id) ?? [])),
      ...cards.flatMap(({ card }) => refusals(card, refusalsOf.get(card.id) ?? [])),
    ]
    return kinds.filter(({ kind }) => isNoticeEnabled(notices, kind))
  }

  async #withCards<T extends { readonly cardId: string | null }>(
    happened: readonly T[],
    appIds: readonly string[],
  ): Promise<[OpenedCard, T[]][]> {
    const byCard = groupBy(happened, ({ cardId }) => cardId)
    const ids = [...byCard.keys()].filter((id) => id !== null)
    const cards = await this.storage.manager.find(CardEntity, {
      select: { id: true, ownerId: true, appId: true, firstOpenedAt: true },
      // Of a card that its owner deleted they hear nothing more.
      where: { id: In(ids), appId: In([...appIds]), deletedAt: IsNull() },
    })
    return cards.map((card) => [card, byCard.get(card.id) ?? []])
  }

  /** Whose first opening is among the openings, without the first reader of all. In the order of their times. */
  async #newReaders(ofCards: readonly [OpenedCard, Opening[]][]): Promise<Map<string, Reader[]>> {
    const granted = ofCards.flatMap(([card, openings]) =>
      openings.filter(({ outcome, at }) => outcome === 'granted' && at !== card.firstOpenedAt),
    )
    if (granted.length === 0) return new Map()
    const ids = new Set(granted.flatMap(({ cardId }) => (cardId === null ? [] : [cardId])))
    const times = new Set(granted.map(({ at }) => at))
    const rows = await this.storage.manager.find(CardViewerEntity, {
      select: { cardId: true, viewerId: true, firstAt: true },
      where: { cardId: In([...ids]), firstAt: In([...times]) },
      order: { firstAt: 'ASC', viewerId: 'ASC' },
    })
    const opened = new Set(granted.map(({ cardId, at }) => `${cardId} ${at}`))
    const readers = rows
      .filter(({ cardId, firstAt }) => opened.has(`${cardId} ${firstAt}`))
      .map(({ cardId, firstAt }) => ({ cardId, at: firstAt }))
    return groupBy(readers, ({ cardId }) => cardId)
  }

  /** Later readers of cards, the oldest first. */
  async #readersSince(cards: readonly OwnCard[], since: number): Promise<Reader[]> {
    const ids = cards.filter(({ card }) => card.viewerCount > 1).map(({ card }) => card.id)
    if (ids.length === 0) return []
    const first = new Map(cards.map(({ card }) => [card.id, card.firstOpenedAt]))
    const rows = await this.storage.manager.find(CardViewerEntity, {
      select: { cardId: true, viewerId: true, firstAt: true },
      where: { cardId: In(ids), firstAt: MoreThan(since) },
      order: { firstAt: 'ASC', viewerId: 'ASC' },
      take: MAX_GATHERED,
    })
    return rows
      .filter(({ cardId, firstAt }) => first.get(cardId) !== firstAt)
      .map(({ cardId, firstAt }) => ({ cardId, at: firstAt }))
  }

  async #askedSince(cards: readonly OwnCard[], since: number): Promise<Reader[]> {
    const ids = cards.map(({ card }) => card.id)
    if (ids.length === 0) return []
    const rows = await this.storage.manager.find(AccessRequestEntity, {
      select: { id: true, cardId: true, at: true },
      where: { cardId: In(ids), at: MoreThan(since), dismissedAt: IsNull() },
      order: { at: 'ASC', id: 'ASC' },
      take: MAX_GATHERED,
    })
    return rows.flatMap(({ cardId, at }) => (cardId === null ? [] : [{ cardId, at }]))
  }

  async #refusedSince(cards: readonly OwnCard[], since: number): Promise<Refused[]> {
    const ids = cards.filter(({ card }) => card.refusedCount > 0).map(({ card }) => card.id)
    if (ids.length === 0) return []
    return this.storage.manager.find(OpeningEntity, {
      select: { id: true, cardId: true, viewerId: true, at: true, outcome: true },
      where: { cardId: In(ids), outcome: In(['refused', 'rejected']), at: MoreThan(since) },
      order: { at: 'ASC', id: 'ASC' },
      take: MAX_GATHERED,
    })
  }
}

const isGrantedAmong = (openings: readonly Opening[], time: number): boolean =>
  openings.some(({ outcome, at }) => outcome === 'granted' && at === time)

/** Recipients who came too late count once each, and their owner hears who. Of the others only how often. */
const refusals = (card: Card, openings: readonly Refused[]): CardEvent[] => {
  const late = openings.filter(({ outcome }) => outcome === 'refused')
  const people = [...groupBy(late, ({ viewerId }) => viewerId).values()].flatMap(([first]) =>
    first ? [first] : [],
  )
  return [
    ...together(card, 'late', people),
    ...together(
      card,
      'refused',
      openings.filter(({ outcome }) => outcome === 'rejected'),
    ),
  ]
}

const eventOf = (
  { id, ownerId, appId }: Card,
  kind: CardEventKind,
  at: number,
  times = 1,
): CardEvent => ({ kind, cardId: id, ownerId, appId, at, times })

const firstOpening = (card: OpenedCard, isNew: (at: number) => boolean): CardEvent[] =>
  card.firstOpenedAt !== null && isNew(card.firstOpenedAt)
    ? [eventOf(card, 'opened', card.firstOpenedAt)]
    : []

/** All of a card that are alike are one event. */
const together = (
  card: Card,
  kind: CardEventKind,
  [first, ...others]: readonly { readonly at: number }[],
): CardEvent[] => (first ? [eventOf(card, kind, first.at, 1 + others.length)] : [])

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
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
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
