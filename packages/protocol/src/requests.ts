import { z } from 'zod'
import { cursor, id, page, pageSize, text, utc } from './text.js'
import { Viewer } from './viewers.js'

/** `POST /v1/shares/:shareId/requests`: a person asks the card's owner for access. */
export const AskAccess = z.strictObject({
  /** Words to the owner. */
  note: text(0, 100).optional(),
})
export type AskAccess = z.infer<typeof AskAccess>

/** The answer, 202: the same for whatever share, also one that does not exist. */
export const AccessAsked = z.strictObject({})
export type AccessAsked = z.infer<typeof AccessAsked>

/** `GET /v1/cards/:cardId/requests` */
export const ListAccessRequests = z.strictObject({
  limit: pageSize(100, 20),
  cursor: cursor.optional(),
})
export type ListAccessRequests = z.infer<typeof ListAccessRequests>

/** Somebody who asked for access and whom the owner has not dismissed. Nothing proves that they received the card. */
export const AccessRequest = z.object({
  id,
  viewer: Viewer,
  /** Empty without words. */
  note: z.string(),
  at: utc,
})
export type AccessRequest = z.infer<typeof AccessRequest>

export const AccessRequestPage = page(AccessRequest)
export type AccessRequestPage = z.infer<typeof AccessRequestPage>
