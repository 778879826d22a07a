import { z } from 'zod'
import { id, line } from './text.js'

/** Where names of people come from: the platform's directory, the people themselves, or nowhere. */
export const NameSource = z.enum(['platform', 'self'])
export type NameSource = z.infer<typeof NameSource>

/** Six characters of Crockford's base 32, which has no I, L, O and U: one code for each person of an app. */
export const ViewerCode = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{6}$/)
  .meta({ example: '7K3Q9F' })

/** A person, as another person sees them. Of a name with `nameFrom: "self"` only the code proves anything. */
export const Viewer = z.object({
  /** Ours, not the openid or userid. */
  id,
  name: z.string().optional(),
  nameFrom: NameSource.optional(),
  /** The same in the roster, the watermark, the bot and the exports. */
  code: ViewerCode,
})
export type Viewer = z.infer<typeof Viewer>

/** `GET /v1/me` */
export const Me = z.object({
  id,
  app: z.string(),
  platform: z.enum(['wechat', 'wecom']),
  name: z.string().optional(),
  /** Where names come from in this app. `self`: by `PATCH /v1/me`. `off`: no person has a name. */
  nameFrom: z.enum([...NameSource.options, 'off']),
  code: ViewerCode,
})
export type Me = z.infer<typeof Me>

/** `PATCH /v1/me`; null removes the name. */
export const ChangeMe = z.strictObject({ name: line(1, 32).nullable() })
export type ChangeMe = z.infer<typeof ChangeMe>
