import { z } from 'zod'
import { utc } from './text.js'

/**
 * `GET /v1/me/export`: all that is held about the caller. By table: why each column is kept and for how long, and the
 * rows. What is sealed and is neither the person's name on the platform nor their words reads `(held sealed)`. What is
 * about somebody else, or why a proof was rejected, reads `(withheld)`.
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
