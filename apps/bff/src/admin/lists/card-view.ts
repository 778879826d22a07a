import type { AdminCard, AdminCardSummary, AdminShare } from '@sealcard/protocol'
import { wireTime, wireTimeOrNull } from '../../core/time.js'
import type { CardEntity } from '../../members/cards/card.entity.js'
import { countsView, statusOf } from '../../members/cards/card.view.js'
import type { ShareEntity } from '../../members/shares/share.entity.js'

/** @param title what the chat shows; a body never comes here @param now milliseconds UTC */
export const cardSummary = (card: CardEntity, title: string, now: number): AdminCardSummary => ({
  id: card.id,
  app: card.appId,
  owner: { id: card.ownerId },
  title,
  status: statusOf(card, now),
  createdAt: wireTime(card.createdAt),
  expiresAt: wireTimeOrNull(card.expiresAt),
  revokedAt: wireTimeOrNull(card.revokedAt),
  openings: countsView(card),
})

export const cardDetail = (
  card: CardEntity,
  title: string,
  shares: readonly ShareEntity[],
  now: number,
): AdminCard => ({
  ...cardSummary(card, title, now),
  policy: card.policy,
  shares: shares.map(shareView),
})

const shareView = (share: ShareEntity): AdminShare => ({
  id: share.id,
  sharer: { id: share.sharerId },
  platform: share.platform,
  createdAt: wireTime(share.createdAt),
  shareUntil: wireTime(share.shareUntil),
  verifyUntil: wireTime(share.verifyUntil),
})
