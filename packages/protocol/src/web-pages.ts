import { z } from 'zod'
import { id, utc } from './text.js'

/** `POST /v1/h5/signatures` */
export const SignPage = z.strictObject({
  app: z.string().min(1).max(64),
  /** `location.href` before `#`, exactly as the browser has it. */
  url: z.string().min(1).max(4096),
})
export type SignPage = z.infer<typeof SignPage>

/** What the platform's SDK takes, for one address. */
export const PageSignatures = z.object({
  corpId: z.string(),
  agentId: z.int(),
  /** Unix time in seconds. */
  timestamp: z.int(),
  nonceStr: z.string(),
  /** With the application's ticket: for `agentConfig`. */
  signature: z.string(),
  /** With the corp's ticket: for `config`. */
  configSignature: z.string(),
})
export type PageSignatures = z.infer<typeof PageSignatures>

/** `GET /v1/sessions/current` */
export const CurrentSession = z.object({
  app: z.string(),
  /** `web`: of a page, by its cookie. `app`: of a mini-program, by its bearer token. */
  kind: z.enum(['app', 'web']),
  expiresAt: utc,
  viewer: z.object({ id }),
})
export type CurrentSession = z.infer<typeof CurrentSession>
