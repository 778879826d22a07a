import { z } from 'zod'
import { id, line, utc } from '../text.js'
import { AdminRole } from './login.js'
import { ActReason } from './reason.js'

/** What a token may do: what the administrator of that role may, or, of an adopter's server, only `/v1/server/*`. */
export const TokenRole = z.enum([...AdminRole.options, 'server'])
export type TokenRole = z.infer<typeof TokenRole>

/** A bearer token for machines. */
export const AutomationToken = z.object({
  id,
  name: z.string(),
  role: TokenRole,
  /** Only of the role `server`: the app that it is bound to. */
  app: z.string().optional(),
  createdAt: utc,
  createdBy: z.string(),
  expiresAt: utc,
  /** To the minute. */
  lastUsedAt: utc.nullable(),
  revokedAt: utc.nullable(),
})
export type AutomationToken = z.infer<typeof AutomationToken>

/** `GET /v1/admin/tokens`; newest first. */
export const AutomationTokens = z.object({ items: z.array(AutomationToken) })
export type AutomationTokens = z.infer<typeof AutomationTokens>

/** `POST /v1/admin/tokens` */
export const CreateAutomationToken = z
  .strictObject({
    /** What it is for. */
    name: line(1, 64),
    role: TokenRole,
    /** With the role `server`, and only with it: the id of the app that it is bound to. */
    app: z.string().min(1).max(64).optional(),
    /** At most 366 days from now. */
    expiresAt: utc,
    reason: ActReason.optional(),
  })
  .refine(({ role, app }) => role !== 'server' || app !== undefined, {
    path: ['app'],
    error: 'a token of the role server is bound to one app',
  })
  .refine(({ role, app }) => role === 'server' || app === undefined, {
    path: ['app'],
    error: 'only a token of the role server is bound to an app',
  })
export type CreateAutomationToken = z.infer<typeof CreateAutomationToken>

/** With the token itself, this once. */
export const CreatedAutomationToken = AutomationToken.extend({ token: z.string() })
export type CreatedAutomationToken = z.infer<typeof CreatedAutomationToken>
