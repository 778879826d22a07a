import { z } from 'zod'
import { CardStatus, OpeningCounts, Policy } from '../cards.js'
import { id, page, text, utc } from '../text.js'
import { Viewer } from '../viewers.js'
import { appName, exportOptions, idText, listPage } from './list.js'
import { ActReason } from './reason.js'

const filters = {
  app: appName.optional(),
  /** A person, by our id. */
  owner: idText.optional(),
  status: CardStatus.optional(),
  /**
   * A whole id that a person reported: of the card, of one of its shares, of an opening of it, or of its owner. Or 2 to 64
   * characters that stand side by side in the title, blanks and case apart.
   */
  q: text(2, 64).optional(),
}

/** `GET /v1/admin/cards`, newest first */
export const ListAdminCards = z.strictObject({ ...filters, ...listPage })
export type ListAdminCards = z.infer<typeof ListAdminCards>

/** `GET /v1/admin/cards/export` */
export const ExportAdminCards = z.strictObject({ ...filters, ...exportOptions })
export type ExportAdminCards = z.infer<typeof ExportAdminCards>

/** A card in a row of another list. */
export const CardName = z.object({
  id,
  /** Empty once erased. */
  title: z.string(),
})
export type CardName = z.infer<typeof CardName>

/** A card as administrators see it: its title, which the chat shows anyway, and never its body. */
export const AdminCardSummary = z.object({
  id,
  app: z.string(),
  owner: Viewer,
  /** Empty once erased. */
  title: z.string(),
  status: CardStatus,
  createdAt: utc,
  expiresAt: utc.nullable(),
  revokedAt: utc.nullable(),
  openings: OpeningCounts,
})
export type AdminCardSummary = z.infer<typeof AdminCardSummary>

export const AdminCardPage = page(AdminCardSummary)
export type AdminCardPage = z.infer<typeof AdminCardPage>

/** Neither the activityId nor the state. */
export const AdminShare = z.object({
  id,
  sharer: Viewer,
  platform: z.enum(['wechat', 'wecom']),
  createdAt: utc,
  shareUntil: utc,
  verifyUntil: utc,
})
export type AdminShare = z.infer<typeof AdminShare>

/** `GET /v1/admin/cards/:id`; the latest hundred shares. */
export const AdminCard = AdminCardSummary.extend({ policy: Policy, shares: z.array(AdminShare) })
export type AdminCard = z.infer<typeof AdminCard>

/** `POST /v1/admin/cards/:id/revoke`, `POST /v1/admin/viewers/:id/revoke-cards`, `POST /v1/admin/viewers/:id/erase` */
export const WithReason = z.strictObject({ reason: ActReason })
export type WithReason = z.infer<typeof WithReason>

/** How many changed now; those that were revoked before are not counted. */
export const CardsRevoked = z.object({ revoked: z.int() })
export type CardsRevoked = z.infer<typeof CardsRevoked>
