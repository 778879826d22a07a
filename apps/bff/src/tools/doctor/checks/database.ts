import type { DataSource } from 'typeorm'
import { AuditEntryEntity } from '../../../audit/audit.entities.js'
import { CLOCK_SKEW_MS } from '../../../core/ports/clock.js'
import { newer, notDurable, settingsOff } from '../../../database/fitness.js'
import { isStorageUnavailable } from '../../../database/storage-error.js'
import { databaseTrouble } from '../../../database/trouble.js'
import { IdempotencyEntity } from '../../../members/cards/idempotent-cards.js'
import { createDataSource } from '../../../schema/data-source.js'
import { isMigrated } from '../../../schema/open-storage.js'
import {
  type Check,
  ok,
  type Said,
  warning,
  wrong,
  type DatabaseContext,
  skewFinding,
} from '../support/check.js'

/** Opens the database into `opened`; it is the schema of this version, or says so. */
export const openDatabase = (opened: { storage?: DataSource }): Check => ({
  name: 'database',
  timeoutMs: 30_000,
  async run({ config }) {
    const storage = createDataSource(config.database, { readers: 2, poolSize: 4 })
    try {
      await storage.initialize()
    } catch (error) {
      const { what, todo } = databaseTrouble(error, config.database)
      return [wrong('unreachable', what, todo)]
    }
    opened.storage = storage
    const durable = await durability(storage)
    return [ok('reachable', 'answers'), ...durable, ...(await schema(storage))]
  },
})

/** Checks by the rules of production, so that a developer sees the problem beforehand. */
const durability = async (storage: DataSource): Promise<Said[]> => {
  const found = await notDurable(storage, 'production')
  const said = found.map(({ code, what, todo }) => wrong(code, what, todo))
  if ((await settingsOff(storage)).has('full_page_writes')) {
    const what = 'full_page_writes is off: a crash of the machine may tear a page for good'
    const todo = 'Set it to on, unless the file system writes whole pages at once, as ZFS does.'
    said.push(warning('torn-pages', what, todo))
  }
  return said.length > 0 ? said : [ok('durable', 'a commit is on the disk before it is answered')]
}

const schema = async (storage: DataSource): Promise<Said[]> => {
  const known = storage.migrations.length
  if (!(await isMigrated(storage))) return [pending(known)]
  const unfit = await newer(storage)
  if (unfit) return [wrong(unfit.code, unfit.what, unfit.todo)]
  const [row] = await storage.query<[{ n: unknown }]>('SELECT count(*) AS n FROM migrations')
  const ran = Number(row.n)
  if (ran < known) return [pending(known - ran)]
  return [ok('migrated', `all ${ran} migrations ran`), ...(await drift(storage))]
}

const pending = (n: number): Said =>
  wrong('migrations-pending', `${n} migrations did not run yet`, 'Start the service: it runs them.')

/** Reports the statements that would make the tables match the entities. The doctor does not run them. */
const drift = async (storage: DataSource): Promise<Said[]> => {
  const { upQueries } = await storage.driver.createSchemaBuilder().log()
  if (upQueries.length === 0) return []
  const what = `the tables are not as this version made them; missing, first of ${upQueries.length}: ${upQueries[0]?.query.slice(0, 200)}`
  return [wrong('drift', what, 'Undo what was changed by hand, or restore a backup.')]
}

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
