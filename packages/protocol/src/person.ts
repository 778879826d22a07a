import { z } from 'zod'
import { utc } from './text.js'

/**
 * `GET /v1/me/export`: all that is held about the caller. By table: why each column is kept and for how long, and the
 * rows. A sealed value reads `(held sealed)`, except the person's name on the platform and their words. A value about
 * another person, or the reason why a proof was rejected, reads `(withheld)`.
 */
export const PersonCopy = z.object({
  format: z.literal('sealcard.person.1'),
  exportedAt: utc,
  tables: z.record(
    z.string(),
    z.object({
      columns: z.record(z.string(), z.object({ purpose: z.string(), until: z.string() })),
      rows: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
})
export type PersonCopy = z.infer<typeof PersonCopy>
