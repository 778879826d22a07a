import { AuditEntryEntity } from '../../../audit/audit.entities.js'
import { CLOCK_SKEW_MS } from '../../../core/ports/clock.js'
import { isStorageUnavailable } from '../../../database/storage-error.js'
import { IdempotencyEntity } from '../../../members/cards/idempotent-cards.js'
import {
  type Check,
  type DatabaseContext,
  ok,
  type Said,
  skewFinding,
  warning,
  wrong,
} from '../support/check.js'

/** A row that means nothing, written, committed and removed; should it stay, retention removes it within 48 hours. */
export const databaseWrite: Check<DatabaseContext> = {
  name: 'database writes',
  timeoutMs: 20_000,
  async run({ storage, random, clock }) {
    const id = `doctor.${random.id()}`
    const rows = storage.getRepository(IdempotencyEntity)
    try {
      await rows.insert({ id, bodyHash: '-', cardId: 'doctor', createdAt: clock.now() })
      const { affected } = await rows.delete({ id })
      if (affected === 1) return [ok('writable', 'takes a write')]
      const todo =
        'See whether the connection goes to a replica, or through a pooler that splits it.'
      return [wrong('lost-write', 'a committed row was not there afterwards', todo)]
    } catch (error) {
      if (!isStorageUnavailable(error)) throw error
      const { code } = error as { code?: unknown }
      const what = `takes no write (${typeof code === 'string' ? code : 'unknown'})`
      const todo =
        'A full disk, a read-only mount or replica, or another process that holds the lock?'
      return [wrong('read-only', what, todo)]
    }
  },
}

/** Several processes on one machine may differ by so much, and nothing is wrong. */
const AHEAD_MS = 5_000

/** Our clock against what the database holds, and against its own. */
export const databaseClock: Check<DatabaseContext> = {
  name: 'clock',
  timeoutMs: 15_000,
  async run({ storage, clock }) {
    const found: Said[] = []
    if (storage.options.type === 'postgres') {
      const before = clock.now()
      const [row] = await storage.query<[{ ms: unknown }]>(
        'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms',
      )
      found.push(...skewFinding(before, clock.now(), Number(row.ms), 'against PostgreSQL'))
    }
    const last = await storage.manager.find(AuditEntryEntity, { order: { at: 'DESC' }, take: 1 })
    const ahead = (last[0]?.at ?? 0) - clock.now()
    if (ahead > AHEAD_MS) {
      const what = `the newest audit entry is ${Math.round(ahead / 1000)} s in the future: the time went backwards`
      const todo =
        'Keep the time by NTP on every machine. The service answers again when that time has come.'
      const status = ahead > CLOCK_SKEW_MS ? wrong : warning
      found.push(status('time-went-back', what, todo))
    }
    return found.length > 0 ? found : [ok('forward', 'nothing is from the future')]
  },
}
