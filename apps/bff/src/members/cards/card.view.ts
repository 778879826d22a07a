import type { Card, CardStatus, CardSummary, OpeningCounts, Viewer } from '@sealcard/protocol'
import { wireTime, wireTimeOrNull } from '../../core/time.js'
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

/** A line of a list; never a body. */
export const summaryView = (
  card: Omit<ListedCard, 'sealedTitle'>,
  title: string,
  now: number,
): CardSummary => ({
  id: card.id,
  title,
  status: statusOf(card, now),
  createdAt: wireTime(card.createdAt),
  ...(card.revokedAt !== null && { revokedAt: wireTime(card.revokedAt) }),
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
export const sentView = (card: SentCard, title: string, now: number): CardSummary => ({
  ...summaryView(card, title, now),
  openings: countsView(card),
  ...(card.expiresAt !== null && { expiresAt: wireTime(card.expiresAt) }),
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
  return {
    ...summaryView(card, title, now),
    openedAt: wireTime(firstAt),
    ...(ends.length > 0 && { expiresAt: wireTime(Math.min(...ends)) }),
    sender,
    ...(most !== undefined && { opensLeft: Math.max(0, most - opens) }),
    ...(acknowledgedAt !== null && { acknowledgedAt: wireTime(acknowledgedAt) }),
  }
}

/** Where a card stands in its owner's list. */
export const placeOf = ({ createdAt, id }: ListedCard): Place => ({ at: createdAt, id })
