import { z } from 'zod'
import { id, page, placeText, utc } from '../text.js'
import { idText, listPage, timeRange } from './list.js'

/** `GET /v1/admin/audit`, newest first */
export const ListAudit = z.strictObject({
  /** E.g. `card.revoke`. */
  kind: z
    .string()
    .regex(/^[a-z][a-z_.]{0,31}$/, 'must be a kind')
    .optional(),
  /** Who did it: our id of a member, `admin:<id>`, `token:<id>`, `cli`, or a job. */
  actor: z
    .string()
    .regex(/^[\w:-]{1,64}$/, 'must be an actor')
    .optional(),
  /** To what: our id of a card, share, person, session. */
  subject: idText.optional(),
  ...timeRange,
  ...listPage,
})
export type ListAudit = z.infer<typeof ListAudit>

export const AuditEntry = z.object({
  chainId: id,
  seq: z.int(),
  at: utc,
  kind: z.string(),
  actor: z.string(),
  subject: z.string(),
  decision: z.string(),
  reason: z.string(),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditPage = page(AuditEntry)
export type AuditPage = z.infer<typeof AuditPage>

/** `GET /v1/admin/audit/export` */
export const ExportAudit = z.strictObject({
  format: z.enum(['jsonl', 'csv']).default('jsonl'),
  /** Where to continue after a cut: `<chainId>:<seq>` of the last whole entry. */
  after: placeText(
    /^[\w-]{1,22}:\d{1,15}$/,
    'must be <chainId>:<seq> of the last whole entry',
  ).optional(),
})
export type ExportAudit = z.infer<typeof ExportAudit>

/** `POST /v1/admin/audit/verify`; places that were noted outside, e.g. in the log. */
export const VerifyAudit = z
  .strictObject({
    expect: z
      .array(
        z.strictObject({
          chainId: placeText(/^[\w-]{1,22}$/, 'must be a chain'),
          seq: z.int().min(1),
          hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits'),
        }),
      )
      .max(100)
      .optional(),
  })
  .default({})
export type VerifyAudit = z.infer<typeof VerifyAudit>

export const AuditReport = z.object({
  intact: z.boolean(),
  chains: z.int(),
  entries: z.int(),
  faults: z.array(z.object({ chainId: id, seq: z.int(), what: z.string() })),
})
export type AuditReport = z.infer<typeof AuditReport>
