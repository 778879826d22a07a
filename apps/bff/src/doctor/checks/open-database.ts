import { MigrationExecutor, type DataSource } from 'typeorm'
import { withoutValues } from '../../http/request-log.js'
import { createDataSource } from '../../storage/data-source.js'
import type { Check } from '../check.js'
import { ok, type Said, wrong } from '../finding.js'

const TODO: Readonly<Record<string, string>> = {
  '28P01': 'The password in DATABASE_URL is wrong.',
  '28000': 'The server does not let this user in from here: see its pg_hba.conf.',
  '3D000': 'Create the database: createdb, as its owner.',
  '53300': 'The server has no connection left: raise max_connections or use a pooler.',
  ECONNREFUSED: 'Start PostgreSQL, or correct host and port in DATABASE_URL.',
  ENOTFOUND: 'Correct the host in DATABASE_URL.',
}

/** Opens the database into `opened`; it is the schema of this version, or says so. */
export const openDatabase = (opened: { storage?: DataSource }): Check => ({
  name: 'database',
  timeoutMs: 30_000,
  async run({ config }) {
    const storage = createDataSource(config.database, { readers: 2, poolSize: 4 })
    try {
      await storage.initialize()
    } catch (error) {
      return [unusable(error)]
    }
    opened.storage = storage
    return [ok('reachable', 'answers'), ...(await schema(storage))]
  },
})

function unusable(error: unknown): Said {
  const { code } = error as { code?: unknown }
  const what = `does not answer: ${JSON.stringify(withoutValues(error))}`
  return wrong('unreachable', what, TODO[String(code)] ?? 'See whether DATABASE_URL is right.')
}

async function schema(storage: DataSource): Promise<Said[]> {
  const runner = storage.createQueryRunner()
  try {
    if (!(await runner.hasTable('migrations'))) return [pending(storage.migrations.length)]
    const known = new Set(storage.migrations.map(({ name }) => name))
    const ran = await new MigrationExecutor(storage, runner).getExecutedMigrations()
    const newer = ran.filter(({ name }) => !known.has(name))
    if (newer.length > 0) {
      const what = `a newer version has changed it: ${newer.map(({ name }) => name).join(', ')}`
      return [wrong('newer', what, 'Run that version, or restore a backup from before.')]
    }
    if (ran.length < known.size) return [pending(known.size - ran.length)]
    return [ok('migrated', `all ${ran.length} migrations ran`), ...(await drift(storage))]
  } finally {
    await runner.release()
  }
}

const pending = (n: number): Said =>
  wrong('migrations-pending', `${n} migrations did not run yet`, 'Start the service: it runs them.')

/** What would have to change for the tables to be as the entities say; nobody runs it. */
async function drift(storage: DataSource): Promise<Said[]> {
  const { upQueries } = await storage.driver.createSchemaBuilder().log()
  if (upQueries.length === 0) return []
  const what = `the tables are not as this version made them; missing, first of ${upQueries.length}: ${upQueries[0]?.query.slice(0, 200)}`
  return [wrong('drift', what, 'Undo what was changed by hand, or restore a backup.')]
}
