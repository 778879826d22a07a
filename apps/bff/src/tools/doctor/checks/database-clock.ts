import { AuditEntryEntity } from '../../../audit/audit-entry.entity.js'
import type { Check, DatabaseContext } from '../support/check.js'
import { ok, type Said, warning } from '../support/finding.js'
import { skewFinding } from '../support/skew.js'

/** Several processes on one machine may differ by so much without anybody's fault. */
const AHEAD_MS = 5_000

/** Our clock against what the database holds, and against its own. */
export const databaseClock: Check<DatabaseContext> = {
  name: 'clock',
  timeoutMs: 15_000,
  async run({ storage, clock }) {
    const found: Said[] = []
    if (storage.options.type === 'postgres') {
      const before = clock.now()
      const [row] = await storage.query('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms')
      found.push(...skewFinding(before, clock.now(), Number(row.ms), 'against PostgreSQL'))
    }
    const last = await storage.manager.find(AuditEntryEntity, { order: { at: 'DESC' }, take: 1 })
    const ahead = (last[0]?.at ?? 0) - clock.now()
    if (ahead > AHEAD_MS) {
      const what = `the newest audit entry is ${Math.round(ahead / 1000)} s in the future: the time went backwards`
      const todo = 'Keep the time by NTP on every machine; expiries and windows were judged by it.'
      found.push(warning('time-went-back', what, todo))
    }
    return found.length > 0 ? found : [ok('forward', 'nothing is from the future')]
  },
}
