import { z } from 'zod'
import { cursor, page, pageSize, utc } from '../text.js'
import { Viewer } from '../viewers.js'
import { appName, idText } from './list.js'
import { Named } from './named.js'
import { ActReason } from './reason.js'

/** What holds for new cards. What is left out is not limited. */
export const CardRules = z.strictObject({
  /** The longest life of a card, days. A card that says nothing gets it; one that asks for more is refused. */
  maxLifeDays: z.int().min(1).max(3650).optional(),
  /** Every new card gets the watermark. */
  watermark: z.boolean().optional(),
  /** No new card may be copied. Otherwise its sender chooses; a card that says nothing may not be copied. */
  noCopy: z.boolean().optional(),
  /** `listed`: the people in `makers`. */
  mayMake: z.enum(['everyone', 'listed', 'nobody']).optional(),
  /** Every new card has such a limit: at most this one. A card that says nothing gets it. */
  maxViewers: z.int().min(1).max(100_000).optional(),
  maxOpensPerViewer: z.int().min(1).max(100_000).optional(),
})
export type CardRules = z.infer<typeof CardRules>

/** For all apps; for an app with rules of its own those replace them, as a whole. */
export const CompanyRules = z.strictObject({
  default: CardRules,
  apps: z.record(appName, CardRules).default({}),
})
export type CompanyRules = z.infer<typeof CompanyRules>

const makers = z.array(idText).max(1000)

/** `PUT /v1/admin/policy`: the whole policy, and the version that it was made from. */
export const SetCompanyPolicy = CompanyRules.extend({
  version: z.int().min(0),
  /** Who may make cards where the rules say `listed`; our ids. */
  makers: makers.default([]),
  reason: ActReason.optional(),
})
export type SetCompanyPolicy = z.infer<typeof SetCompanyPolicy>

/** `GET /v1/admin/policy` */
export const CompanyPolicy = CompanyRules.extend({
  /** 0 until an administrator sets one. */
  version: z.int(),
  makers: z.array(z.string()),
  changedAt: utc.nullable(),
  changedBy: z.string().nullable(),
})
export type CompanyPolicy = z.infer<typeof CompanyPolicy>

/** `GET /v1/admin/policy/makers`: who may make cards where the rules say `listed`, as lists show people */
export const PolicyMakers = z.object({ items: z.array(Viewer) })
export type PolicyMakers = z.infer<typeof PolicyMakers>

/** `GET /v1/admin/policy/versions`, the latest first */
export const ListPolicyVersions = z.strictObject({
  limit: pageSize(50, 20),
  cursor: cursor.optional(),
})
export type ListPolicyVersions = z.infer<typeof ListPolicyVersions>

/** A version of the policy, as it was set. */
export const CompanyPolicyVersion = CompanyRules.extend({
  version: z.int(),
  /** How many people were listed. Who they were is not kept. */
  makers: z.int(),
  changedAt: utc,
  by: Named,
  /** Why, in the administrator's words. */
  reason: z.string().nullable(),
})
export type CompanyPolicyVersion = z.infer<typeof CompanyPolicyVersion>

export const CompanyPolicyVersions = page(CompanyPolicyVersion)
export type CompanyPolicyVersions = z.infer<typeof CompanyPolicyVersions>

/** `GET /v1/policy`: what the company allows the member who asks. */
export const MemberPolicy = z.object({
  mayMakeCards: z.boolean(),
  watermark: z.boolean(),
  noCopy: z.boolean().optional(),
  maxLifeDays: z.int().optional(),
  maxViewers: z.int().optional(),
  maxOpensPerViewer: z.int().optional(),
})
export type MemberPolicy = z.infer<typeof MemberPolicy>
