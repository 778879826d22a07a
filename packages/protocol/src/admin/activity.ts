import { z } from 'zod'
import { cursor, page, pageSize, utc } from '../text.js'
import { AdminCardSummary } from './cards.js'
import { appName } from './list.js'
import { Named } from './named.js'

/** Something that happened, with enough for a sentence: `by` did `kind` to `about`. */
export const Activity = z.object({
  /** Names the line in its list. */
  id: z.string(),
  at: utc,
  /** One of `ACTS`. */
  kind: z.string(),
  /** E.g. `granted`, `refused`, `done`, `already`. */
  decision: z.string(),
  by: Named,
  about: Named,
  /** Of an opening that was not granted: one of `OPENING_REASONS`. */
  reason: z.string().nullable(),
})
export type Activity = z.infer<typeof Activity>

/** `GET /v1/admin/activity`: what people did, and what administrators did to people and cards; newest first */
export const ListActivity = z.strictObject({
  limit: pageSize(100, 20),
  cursor: cursor.optional(),
})
export type ListActivity = z.infer<typeof ListActivity>

export const ActivityPage = page(Activity)
export type ActivityPage = z.infer<typeof ActivityPage>

/** `GET /v1/admin/cards/:id/timeline`: the latest events of one card, newest first */
export const CardTimeline = z.object({
  items: z.array(Activity),
  /** Whether there were earlier ones. `GET /v1/admin/openings` has every opening. */
  more: z.boolean(),
})
export type CardTimeline = z.infer<typeof CardTimeline>

/** `GET /v1/admin/overview` */
export const ReadOverview = z.strictObject({ app: appName.optional() })
export type ReadOverview = z.infer<typeof ReadOverview>

/** Since midnight in China, and the whole day before. */
const TwoDays = z.object({ today: z.int(), yesterday: z.int() })

export const Overview = z.object({
  at: utc,
  /** Openings that were granted. */
  opened: TwoDays,
  /** Openings that were not: `refused` and `rejected` together. */
  refused: TwoDays,
  cards: TwoDays,
  /** Cards that can be opened now and expire within 7 days. */
  expiring: z.object({
    count: z.int(),
    /** There are more: counting ended at this number. */
    more: z.boolean(),
    /** The first ten to expire. */
    next: z.array(AdminCardSummary),
  }),
  /** Apps whose platform is called at all: no circuit breaker is open. */
  platforms: z.object({ apps: z.int(), well: z.int() }),
})
export type Overview = z.infer<typeof Overview>
