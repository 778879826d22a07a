import { z } from 'zod'
import { id, line, utc } from './text.js'

/** `POST /v1/cards/:cardId/shares`; the body may be left out. Each label of a card has a share of its own. */
export const CreateShare = z.strictObject({ label: line(1, 32).optional() }).optional()
export type CreateShare = z.infer<typeof CreateShare>

/** What the client must declare with the platform *before* the share sheet opens. */
export const Declaration = z.discriminatedUnion('platform', [
  z.object({ platform: z.literal('wechat'), activityId: z.string() }),
  z.object({ platform: z.literal('wecom'), state: z.string() }),
])
export type Declaration = z.infer<typeof Declaration>

export const Share = z.object({
  id,
  /** `apps[].openPath` of the service's configuration, and a query. */
  path: z.string().meta({ example: '/pages/open/index?s=6mBhJe41KjhvRRxjZvxWxU' }),
  /** The address of the web page that opens it. Absent: web pages of the app open no cards. */
  h5Url: z
    .string()
    .optional()
    .meta({ example: 'https://cards.example.com/h5/o?s=6mBhJe41KjhvRRxjZvxWxU' }),
  title: z.string(),
  /** To whom, in the sharer's words. Recipients do not see it. */
  label: z.string().optional(),
  declare: Declaration,
  createdAt: utc,
  shareUntil: utc,
  verifyUntil: utc,
})
export type Share = z.infer<typeof Share>
