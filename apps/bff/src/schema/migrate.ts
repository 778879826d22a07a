import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm'
import { retry } from '../core/concurrency/retry.js'
import { SystemTimers, type Timers } from '../core/ports/timers.js'
import { newer, refuse } from '../database/fitness.js'
import { announced, blocksOf } from './blocking.js'
import { withoutSocketTimeout, type PgClient } from '../database/postgres/limits.js'
import { isStorageUnavailable, isUniqueViolation } from '../database/storage-error.js'

const LOCK_TABLE = 'migration_lock'
const TRIES = 30

/**
 * Runs the pending migrations. The first process runs them; the others wait and then have nothing to do.
 * All of them are one transaction: either all apply or none.
 * @param tell gets a line before a migration that keeps others from writing for a while
 * @returns the names of those run by this call
 * @throws StorageConfigError when a newer version has migrated it
 */
export const migrate = async (
  dataSource: DataSource,
  timers: Timers = new SystemTimers(),
  tell: Tell = () => {},
): Promise<string[]> => {
  const once = dataSource.options.type === 'postgres' ? onPostgres : onSqlite
  const pause = { timers, ms: (failed: number) => 100 * Math.min(failed, 10) }
  return retry({ tries: TRIES, onError: isWorthAnotherTry, pause }, async () => {
    const runner = dataSource.createQueryRunner()
    try {
      return await once(runner, dataSource, tell)
    } finally {
      await runner.release()
    }
  })
}

const CANCELLED = '57014'
/** The table or its row type exists: CREATE TABLE IF NOT EXISTS does not wait for an uncommitted one. */
const IS_THERE: unknown[] = ['42P07', '42710']

/**
 * Another process that migrates holds the lock, or two processes created the same table at the same moment. A cancelled
 * migration is not tried again: no limit of ours cancels one, so an administrator of the database did.
 */
const isWorthAnotherTry = (error: unknown): boolean => {
  const { code } = error as { code?: unknown }
  if (code === CANCELLED) return false
  return isStorageUnavailable(error) || isUniqueViolation(error) || IS_THERE.includes(code)
}

type Tell = (line: string) => void

const runPending = async (
  runner: QueryRunner,
  dataSource: DataSource,
  tell: Tell,
): Promise<string[]> => {
  const executor = new MigrationExecutor(dataSource, runner)
  executor.transaction = 'none'
  if (await runner.hasTable('migrations')) refuse([await newer(dataSource, runner)])
  for (const { name, instance } of await executor.getPendingMigrations())
    for (const line of await announced(runner, name, blocksOf(instance))) tell(line)
  return (await executor.executePendingMigrations()).map(({ name }) => name)
}

const inTransaction = async <T>(runner: QueryRunner, work: () => Promise<T>): Promise<T> => {
  await runner.startTransaction()
  try {
    const result = await work()
    await runner.commitTransaction()
    return result
  } catch (error) {
    await runner.rollbackTransaction().catch(() => {})
    throw error
  }
}

/** BEGIN IMMEDIATE is the lock. Foreign keys are off for its time, because rebuilding a table drops it first. */
const onSqlite = async (
  runner: QueryRunner,
  dataSource: DataSource,
  tell: Tell,
): Promise<string[]> => {
  await runner.query('PRAGMA foreign_keys = OFF')
  try {
    return await inTransaction(runner, async () => {
      const names = await runPending(runner, dataSource, tell)
      const broken = (await runner.query('PRAGMA foreign_key_check')) as unknown[]
      if (broken.length) throw new Error('a migration leaves rows that refer to nothing')
      return names
    })
  } finally {
    await runner.query('PRAGMA foreign_keys = ON')
  }
}

/**
 * The lock is a row that the transaction updates. Distributed engines lack advisory locks and LOCK TABLE. When the
 * process dies, no lock stays.
 */
const onPostgres = async (
  runner: QueryRunner,
  dataSource: DataSource,
  tell: Tell,
): Promise<string[]> => {
  // Migrations, also those of another process that we wait for, may take longer than any statement.
  const limitSilence = withoutSocketTimeout((await runner.connect()) as PgClient)
  try {
    await withoutLimits(runner, async () => {
      await runner.query(
        `CREATE TABLE IF NOT EXISTS ${LOCK_TABLE} (id int PRIMARY KEY, taken bigint NOT NULL)`,
      )
      await runner.query(`INSERT INTO ${LOCK_TABLE} VALUES (1, 0) ON CONFLICT (id) DO NOTHING`)
    })
    return await withoutLimits(runner, async (lockTimeout) => {
      await runner.query(`UPDATE ${LOCK_TABLE} SET taken = taken + 1 WHERE id = 1`)
      await runner.query(`SET LOCAL lock_timeout = '${lockTimeout}'`)
      return runPending(runner, dataSource, tell)
    })
  } finally {
    limitSilence()
  }
}

/**
 * A transaction without limits for a statement and its wait for a lock. The limit of pauses between statements stays.
 * @param work gets the server's limit of such a wait, in the server's notation
 */
const withoutLimits = <T>(
  runner: QueryRunner,
  work: (lockTimeout: string) => Promise<T>,
): Promise<T> =>
  inTransaction(runner, async () => {
    const [{ lock_timeout: lockTimeout }] = (await runner.query('SHOW lock_timeout')) as [
      { lock_timeout: string },
    ]
    await runner.query('SET LOCAL statement_timeout = 0')
    await runner.query('SET LOCAL lock_timeout = 0')
    return work(lockTimeout)
  })
