import { z } from 'zod'
import { id, page, utc } from '../text.js'
import { Viewer } from '../viewers.js'
import { CardName } from './cards.js'
import { idText, listPage } from './list.js'

/** `GET /v1/admin/requests`: who asked for access, newest first */
export const ListAdminRequests = z.strictObject({
  card: idText.optional(),
  viewer: idText.optional(),
  ...listPage,
})
export type ListAdminRequests = z.infer<typeof ListAdminRequests>

/** Without the words to the owner: administrators read none. */
export const AdminRequest = z.object({
  id,
  at: utc,
  viewer: Viewer,
  /** Null: nobody was asked. The share is not there, is another app's, or the card is the person's own. */
  card: CardName.nullable(),
  /** Of that card; null without one. */
  owner: Viewer.nullable(),
  /** As it was asked about: it may be the id of nothing. */
  share: z.object({ id: z.string() }),
  /** When the owner dismissed it, or the person asked once more. */
  dismissedAt: utc.nullable(),
})
export type AdminRequest = z.infer<typeof AdminRequest>

export const AdminRequestPage = page(AdminRequest)
export type AdminRequestPage = z.infer<typeof AdminRequestPage>
