import { z } from 'zod'
import { id, page, utc } from '../text.js'
import { Viewer } from '../viewers.js'
import { idText, listPage } from './list.js'
import { ActReason } from './reason.js'

/** `GET /v1/admin/sessions`, newest first */
export const ListMemberSessions = z.strictObject({ viewer: idText.optional(), ...listPage })
export type ListMemberSessions = z.infer<typeof ListMemberSessions>

/** A member's session; never its token. */
export const MemberSession = z.object({
  id,
  viewer: Viewer,
  app: z.string(),
  live: z.boolean(),
  createdAt: utc,
  expiresAt: utc,
  endedAt: utc.nullable(),
})
export type MemberSession = z.infer<typeof MemberSession>

export const MemberSessionPage = page(MemberSession)
export type MemberSessionPage = z.infer<typeof MemberSessionPage>

/** `POST /v1/admin/sessions/revoke`: every session of a person ends. */
export const RevokeSessions = z.strictObject({ viewer: idText, reason: ActReason.optional() })
export type RevokeSessions = z.infer<typeof RevokeSessions>

/** How many were live until now. */
export const SessionsRevoked = z.object({ ended: z.int() })
export type SessionsRevoked = z.infer<typeof SessionsRevoked>
