import { z } from 'zod'

/** A time in UTC. @returns ms since the epoch */
export const utcTime = () =>
  z.iso
    .datetime({ error: 'must be an RFC 3339 time in UTC, such as 2026-01-31T08:00:00Z' })
    .transform((time) => Date.parse(time))
