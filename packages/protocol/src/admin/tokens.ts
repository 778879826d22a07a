import { z } from 'zod'
import { id, line, utc } from '../text.js'
import { AdminRole } from './login.js'
import { ActReason } from './reason.js'

/** A bearer token for machines. */
export const AutomationToken = z.object({
  id,
  name: z.string(),
  role: AdminRole,
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
export const CreateAutomationToken = z.strictObject({
  /** What it is for. */
  name: line(1, 64),
  role: AdminRole,
  /** At most 366 days from now. */
  expiresAt: utc,
  reason: ActReason.optional(),
})
export type CreateAutomationToken = z.infer<typeof CreateAutomationToken>

/** With the token itself, this once. */
export const CreatedAutomationToken = AutomationToken.extend({ token: z.string() })
export type CreatedAutomationToken = z.infer<typeof CreatedAutomationToken>
