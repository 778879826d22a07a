import { wireTime, wireTimeOrNull } from '../../core/time.js'
import type { CardEntity } from '../../members/cards/card.entity.js'
import { statusOf } from '../../members/cards/card.view.js'
import type { OpeningEntity } from '../../members/openings/opening.entity.js'
import type { ExportedList } from './export-rows.js'

/** Without titles: a file is copied and sent on, and a title is a person's words. @param now milliseconds UTC */
export const cardsExport = (
  part: ExportedList<CardEntity>['part'],
  now: number,
): ExportedList<CardEntity> => ({
  name: 'cards',
  part,
  columns: [
    'id',
    'app',
    'owner',
    'status',
    'createdAt',
    'expiresAt',
    'revokedAt',
    'viewers',
    'granted',
    'refused',
    'firstOpenedAt',
    'lastOpenedAt',
  ],
  line: (card) => ({
    id: card.id,
    app: card.appId,
    owner: card.ownerId,
    status: statusOf(card, now),
    createdAt: wireTime(card.createdAt),
    expiresAt: wireTimeOrNull(card.expiresAt),
    revokedAt: wireTimeOrNull(card.revokedAt),
    viewers: card.viewerCount,
    granted: card.openCount,
    refused: card.refusedCount,
    firstOpenedAt: wireTimeOrNull(card.firstOpenedAt),
    lastOpenedAt: wireTimeOrNull(card.lastOpenedAt),
  }),
})

export const openingsExport = (
  part: ExportedList<OpeningEntity>['part'],
): ExportedList<OpeningEntity> => ({
  name: 'openings',
  part,
  columns: ['id', 'at', 'viewer', 'card', 'share', 'decision', 'reason'],
  line: (row) => ({
    id: row.id,
    at: wireTime(row.at),
    viewer: row.viewerId,
    card: row.cardId,
    share: row.shareId,
    decision: row.outcome,
    reason: row.reason,
  }),
})
