import type { Card, CardStatus, CardSummary, OpeningCounts, Viewer } from '@sealcard/protocol'
import { wireTime, wireTimeIfAny, wireTimeOrNull } from '../../core/time.js'
import type { Content } from './card-content.js'
import type { CardEntity } from './card.entity.js'
import type { ListedCard, ReceivedCard, SentCard } from './card-lists.js'
import type { Place } from '../../http/pagination/page-cursor.js'

/** Computed, never stored: a card expires without a write. @param now milliseconds UTC */
export const statusOf = (
  card: Pick<CardEntity, 'revokedAt' | 'expiresAt'>,
  now: number,
): CardStatus => {
  if (card.revokedAt !== null) return 'revoked'
  if (card.expiresAt !== null && now >= card.expiresAt) return 'expired'
  return 'active'
}

/** The card as its owner reads it, without counts. */
export const cardView = (card: CardEntity, content: Content, now: number): Card => ({
  id: card.id,
  title: content.title,
  body: content.body,
  ...(content.reference !== undefined && { reference: content.reference }),
  ...(content.data !== undefined && { data: content.data }),
  policy: card.policy,
  status: statusOf(card, now),
  createdAt: wireTime(card.createdAt),
  ...(card.revokedAt !== null && { revokedAt: wireTime(card.revokedAt) }),
})

/**
 * A line of a list; never a body. The views of lines spread no object into a larger one: for 20 lines that takes longer
 * than to write them as JSON.
 */
export const summaryView = (
  card: Omit<ListedCard, 'sealedTitle'>,
  title: string,
  now: number,
): CardSummary => ({
  id: card.id,
  title,
  status: statusOf(card, now),
  createdAt: wireTime(card.createdAt),
  revokedAt: wireTimeIfAny(card.revokedAt),
})

/** `total` counts granted openings, `refused` every attempt through one of the card's shares that was not. */
export const countsView = (card: ListedCard): OpeningCounts => ({
  viewers: card.viewerCount,
  total: card.openCount,
  refused: card.refusedCount,
  firstAt: wireTimeOrNull(card.firstOpenedAt),
  lastAt: wireTimeOrNull(card.lastOpenedAt),
})

/** A line of its owner's list. */
export const sentView = (card: SentCard, title: string, now: number): CardSummary =>
  Object.assign(summaryView(card, title, now), {
    openings: countsView(card),
    expiresAt: wireTimeIfAny(card.expiresAt),
    shared: card.shared,
  })

/** A line of a reader's list: what they were told when they opened it. No counts of others. */
export const receivedView = (
  received: ReceivedCard & { card: ListedCard },
  title: string,
  sender: Viewer,
  now: number,
): CardSummary => {
  const { card, firstAt, opens, acknowledgedAt, verifyUntil, policy } = received
  const ends = [card.expiresAt, verifyUntil].filter((end) => end !== null)
  const most = policy.maxOpensPerViewer
  return Object.assign(summaryView(card, title, now), {
    openedAt: wireTime(firstAt),
    expiresAt: ends.length > 0 ? wireTime(Math.min(...ends)) : undefined,
    sender,
    opensLeft: most === undefined ? undefined : Math.max(0, most - opens),
    acknowledgedAt: wireTimeIfAny(acknowledgedAt),
  })
}

/** Where a card stands in its owner's list. */
export const placeOf = ({ createdAt, id }: ListedCard): Place => ({ at: createdAt, id })
