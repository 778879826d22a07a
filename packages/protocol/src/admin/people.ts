import { z } from 'zod'
import { PersonCopy } from '../person.js'
import { utc } from '../text.js'
import { Viewer } from '../viewers.js'
import { ActReason } from './reason.js'

/** Why an administrator reads a person's data. The audit records it. */
export const Because = z.strictObject({ reason: ActReason.optional() })
export type Because = z.infer<typeof Because>

/** `GET /v1/admin/viewers/:id`: the only answer with a person's openid or userid. */
export const AdminViewer = Viewer.extend({
  app: z.string(),
  platform: z.enum(['wechat', 'wecom']).nullable(),
  /** The openid or userid. */
  platformId: z.string(),
  /** Which fields say who the person is: show them only where they are needed, and do not keep them. */
  personal: z.array(z.enum(['platformId', 'name'])),
  createdAt: utc,
  seenAt: utc,
})
export type AdminViewer = z.infer<typeof AdminViewer>

/** `GET /v1/admin/viewers/:id/export`: all that is held about a person, and why. No word of a card. */
export const PersonExport = PersonCopy.extend({ personal: z.array(z.literal('tables')) })

/** `POST /v1/admin/viewers/:id/erase`: how many rows of each table changed. */
export const PersonErased = z.object({ erased: z.record(z.string(), z.int()) })
export type PersonErased = z.infer<typeof PersonErased>
