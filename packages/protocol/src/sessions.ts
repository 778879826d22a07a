import { z } from 'zod'
import { id, utc } from './text.js'

/** `POST /v1/sessions` */
export const CreateSession = z.strictObject({
  app: z.string().min(1).max(64),
  /** What `wx.login` or `wx.qy.login` answered; single use, five minutes. */
  code: z.string().min(1).max(512),
})
export type CreateSession = z.infer<typeof CreateSession>

export const Session = z.object({
  token: z.string(),
  expiresAt: utc,
  /** Ours, not the openid or userid. */
  viewer: z.object({ id }),
})
export type Session = z.infer<typeof Session>
