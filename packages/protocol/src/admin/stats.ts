import { z } from 'zod'
import { appName, timeRange } from './list.js'

/** `GET /v1/admin/stats`: whole days that the range touches, the last thirty by default, at most 366. */
export const ReadStats = z.strictObject({ app: appName.optional(), ...timeRange })
export type ReadStats = z.infer<typeof ReadStats>

const counts = {
  cards: z.object({ made: z.int(), revoked: z.int(), expired: z.int() }),
  openings: z.object({
    granted: z.int(),
    refused: z.int(),
    rejected: z.int(),
    /** Of what was not granted. */
    byReason: z.record(z.string(), z.int()),
  }),
}

export const DayStats = z.object({
  /** The day in China, e.g. `2026-11-21`. */
  day: z.string(),
  ...counts,
  /** How many different people opened something. */
  viewers: z.int(),
})
export type DayStats = z.infer<typeof DayStats>

export const Stats = z.object({
  /** Days begin at midnight of this offset. */
  offset: z.literal('+08:00'),
  total: z.object(counts),
  /** Every day of the range, oldest first. */
  days: z.array(DayStats),
})
export type Stats = z.infer<typeof Stats>
