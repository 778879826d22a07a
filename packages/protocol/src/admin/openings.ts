import { z } from 'zod'
import { id, page, utc } from '../text.js'
import { Viewer } from '../viewers.js'
import { CardName } from './cards.js'
import { exportOptions, idText, listPage, timeRange } from './list.js'

/** `rejected`: refused before the viewer was a proven recipient; on the wire that is the one refusal. */
export const OpeningDecision = z.enum(['granted', 'refused', 'rejected'])
export type OpeningDecision = z.infer<typeof OpeningDecision>

const filters = {
  card: idText.optional(),
  viewer: idText.optional(),
  decision: OpeningDecision.optional(),
  ...timeRange,
}

/** `GET /v1/admin/openings`, newest first */
export const ListAdminOpenings = z.strictObject({ ...filters, ...listPage })
export type ListAdminOpenings = z.infer<typeof ListAdminOpenings>

/** `GET /v1/admin/openings/export` */
export const ExportAdminOpenings = z.strictObject({ ...filters, ...exportOptions })
export type ExportAdminOpenings = z.infer<typeof ExportAdminOpenings>

export const AdminOpening = z.object({
  id,
  at: utc,
  viewer: Viewer,
  /** Null where the request named no share of the viewer's app. */
  card: CardName.nullable(),
  share: z.object({ id }).nullable(),
  decision: OpeningDecision,
  /** Why it was not granted. */
  reason: z.string().nullable(),
})
export type AdminOpening = z.infer<typeof AdminOpening>

export const AdminOpeningPage = page(AdminOpening)
export type AdminOpeningPage = z.infer<typeof AdminOpeningPage>
