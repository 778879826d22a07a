import type { DataSource } from 'typeorm'
import type { Config, PostgresConfig } from '../../core/config/config.js'
import { toldInWords } from '../../database/trouble.js'
import { createDataSource } from '../../schema/data-source.js'
import { BackupError } from './backup-error.js'
import type { BackupFiles } from './files.js'
import { type Judged, judge, type JudgeContext } from './judge.js'
import { backupPostgres, ran } from './postgres-backup.js'
import type { PostgresPrograms } from './postgres-programs.js'

interface Restore extends JudgeContext {
  readonly files: BackupFiles
  readonly programs: PostgresPrograms
  /** Of the restore point's name. */
  readonly stamp: string
}

/**
 * Replaces what the database holds by a backup of pg_dump, in one transaction: cut off, it changes nothing. The database
 * as it was is dumped beside the backup first. What is refused afterwards is undone with that dump.
 * @throws BackupError: the database is as it was, unless the message says otherwise
 */
export const restorePostgres = async (
  config: Config,
  database: PostgresConfig,
  from: string,
  context: Restore,
): Promise<Judged & { restorePoint: string }> => {
  const { files, programs, stamp } = context
  const listed = await ran(programs, 'pg_restore', ['--list', from], database)
  // `215; 1259 16386 TABLE public migrations postgres`
  if (!/ TABLE \S+ migrations /.test(listed) || !/ TABLE \S+ audit_chains /.test(listed))
    throw new BackupError(`${from}: it is no backup of a database of Sealcard`)
  const tables = await withDatabase(database, async (storage) => {
    await refuseOthers(storage)
    return tablesOf(storage)
  })
  const restorePoint = `${from}.before-restore-${stamp}`
  await backupPostgres(database, restorePoint, { files, programs })
  const replaceBy = (dump: string) => replace(database, tables, dump, context)
  await replaceBy(from)
  try {
    return { ...(await judge(config, context)), restorePoint }
  } catch (error) {
    await replaceBy(restorePoint)
    throw error
  }
}

const withDatabase = async <T>(
  database: PostgresConfig,
  work: (storage: DataSource) => Promise<T>,
): Promise<T> => {
  const storage = await toldInWords(database, () => createDataSource(database).initialize())
  try {
    return await work(storage)
  } finally {
    await storage.destroy()
  }
}

/** Those of this version, and what migrations need. */
const tablesOf = ({ entityMetadatas }: DataSource): Promise<string[]> =>
  Promise.resolve([
    ...entityMetadatas.map(({ tableName }) => tableName),
    ...['migrations', 'migration_lock'],
  ])

const refuseOthers = async (storage: DataSource): Promise<void> => {
  const [{ others }] = await storage.query<[{ others: string }]>(
    `SELECT count(*) AS others FROM pg_stat_activity WHERE datname = current_database()
     AND application_name = 'sealcard' AND pid <> pg_backend_pid()`,
  )
  if (Number(others) > 0)
    throw new BackupError(
      `${others} connections use the database; stop every Sealcard process first`,
    )
}

/** One transaction. `pg_restore --clean` would leave the tables that are in no older backup. */
const replace = async (
  database: PostgresConfig,
  tables: readonly string[],
  dump: string,
  { files, programs }: Restore,
): Promise<void> => {
  const script = `${dump}.restoring.sql`
  await files.remove(script)
  await files.create(script)
  try {
    const plain = ['--no-owner', '--no-privileges', `--file=${script}`, dump]
    await ran(programs, 'pg_restore', plain, database)
    const drop = `DROP TABLE IF EXISTS ${tables.map((table) => `"${table}"`).join(', ')} CASCADE`
    const once = ['--no-psqlrc', '--quiet', '--single-transaction', '--set=ON_ERROR_STOP=1']
    await ran(programs, 'psql', [...once, `--command=${drop}`, `--file=${script}`], database)
  } finally {
    await files.remove(script)
  }
}
