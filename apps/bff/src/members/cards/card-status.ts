import type { CardStatus } from '@sealcard/protocol'
import type { CardEntity } from './card.entity.js'

/** Computed, never stored: a card expires without anybody writing. @param now milliseconds UTC */
export function statusOf(
  card: Pick<CardEntity, 'revokedAt' | 'expiresAt'>,
  now: number,
): CardStatus {
  if (card.revokedAt !== null) return 'revoked'
  if (card.expiresAt !== null && now >= card.expiresAt) return 'expired'
  return 'active'
}
