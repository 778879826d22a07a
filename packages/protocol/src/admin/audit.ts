import { z } from 'zod'
import { cursor, id, page, pageSize, placeText, utc } from '../text.js'
import { idText, listPage, timeRange } from './list.js'
import { Named } from './named.js'

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
  /** Whom `actor` names today. The chain holds ids alone. */
  by: Named,
  /** What `subject` names today. */
  about: Named,
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

/** `GET /v1/admin/audit/chains`, the latest first */
export const ListAuditChains = z.strictObject({
  limit: pageSize(50, 20),
  cursor: cursor.optional(),
})
export type ListAuditChains = z.infer<typeof ListAuditChains>

/** A place of a chain. Noted outside, it shows whether somebody cut the chain off or wrote it anew: see `expect`. */
export const AuditPlace = z.object({ seq: z.int(), at: utc, hash: z.string() })
export type AuditPlace = z.infer<typeof AuditPlace>

/** A chain of the audit: each process that writes has one of its own. */
export const AuditChain = z.object({
  id,
  startedAt: utc,
  /** The entry of an earlier chain that it continues; null for the very first. */
  follows: z.object({ chainId: id, seq: z.int() }).nullable(),
  /** The last entry. */
  head: AuditPlace,
  /** The latest twenty signed checkpoints, the latest first. The service also logs each. */
  checkpoints: z.array(AuditPlace),
})
export type AuditChain = z.infer<typeof AuditChain>

export const AuditChainPage = page(AuditChain)
export type AuditChainPage = z.infer<typeof AuditChainPage>

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
