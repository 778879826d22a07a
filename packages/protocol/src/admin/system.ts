import { z } from 'zod'
import { utc } from '../text.js'
import { AdminRole } from './login.js'
import { Named } from './named.js'

/** `GET /v1/admin/roles`: which permissions each role has. */
export const AdminRoles = z.object({
  items: z.array(z.object({ role: AdminRole, permissions: z.array(z.string()) })),
})
export type AdminRoles = z.infer<typeof AdminRoles>

/** A run of long work, as the audit recorded it. */
const RecordedRun = z.object({ at: utc, by: Named, decision: z.string(), what: z.string() })

/** `GET /v1/admin/system`: how the service does. */
export const AdminSystem = z.object({
  at: utc,
  mode: z.enum(['production', 'development']),
  database: z.enum(['sqlite', 'postgres']),
  windows: z.object({ shareDays: z.int(), verifyDays: z.int() }),
  /** Ids of the keyring's keys. New values are sealed under the primary key; `keys/rewrap` moves the others. */
  keyring: z.object({ primary: z.string(), keys: z.array(z.string()) }),
  /** Null: it did not run yet. Of this process, like `queues`. */
  retention: z
    .object({
      endedAt: utc,
      /** Rows that were erased or emptied. */
      rows: z.int(),
      /** Names of the rules that failed; the next run applies them again. */
      failed: z.array(z.string()),
    })
    .nullable(),
  /** Requests that wait for their turn, and those that were refused with 503 since the start. */
  queues: z.array(z.object({ name: z.string(), waiting: z.int(), turnedAway: z.int() })),
  /** The last ones of all processes; null: none yet. */
  rewrapped: RecordedRun.nullable(),
  verified: RecordedRun.nullable(),
})
export type AdminSystem = z.infer<typeof AdminSystem>
