import type { DataSource } from 'typeorm'
import { newer, notDurable, settingsOff } from '../../../database/fitness.js'
import { databaseTrouble } from '../../../database/trouble.js'
import { createDataSource } from '../../../schema/data-source.js'
import { isMigrated } from '../../../schema/open-storage.js'
import { type Check, ok, type Said, warning, wrong } from '../support/check.js'

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
