import type { DataSource } from 'typeorm'
import type { Config } from '../core/config/config.js'
import { StorageConfigError } from './storage-error.js'

/** Why a database may not be used as it is, and what to do; said alike by the service, the commands and the doctor. */
export interface Unfit {
  readonly code: 'newer' | 'not-durable'
  readonly what: string
  readonly todo: string
}

/**
 * Whether a newer version has migrated it: this version does not know what its columns mean. The table of migrations
 * must be there.
 * @param runner of the transaction that is to migrate; else any connection
 */
export const newer = async (
  storage: DataSource,
  runner: Asked = storage,
): Promise<Unfit | undefined> => {
  const rows = (await runner.query('SELECT name FROM migrations ORDER BY id')) as Named[]
  const known = new Set(storage.migrations.map(({ name }) => name))
  const names = rows.map(({ name }) => name).filter((name) => !known.has(name))
  if (names.length === 0) return undefined
  return {
    code: 'newer',
    what: `a newer version has changed it: ${names.join(', ')}`,
    todo: 'Run that version, or restore a backup from before.',
  }
}

interface Asked {
  query(sql: string): Promise<unknown>
}

interface Named {
  name: string
}

/**
 * PostgreSQL's settings under which an acknowledged commit may be lost, wherever they come from: server, database, role or
 * connection. Under `local`, `remote_write`, `on` and `remote_apply` a commit is on the server's own disk before it is
 * answered; they differ in what a standby has by then. An engine without the setting keeps its own promise.
 */
const LOSES = {
  synchronous_commit: {
    // The server's own crash is enough.
    in: ['production', 'development'],
    why: 'the server answers before a commit is on its disk, and loses it in a crash',
  },
  fsync: {
    // Only a crash of the machine loses it: a server that is made for tests and thrown away may be so.
    in: ['production'],
    why: 'no commit need be on the disk, and a crash of the machine may destroy the database',
  },
} as const

/** @param mode whose rules hold */
export const notDurable = async (storage: DataSource, mode: Config['mode']): Promise<Unfit[]> => {
  const off = await settingsOff(storage)
  return Object.entries(LOSES)
    .filter(([name, { in: modes }]) => off.has(name) && modes.some((one) => one === mode))
    .map(([name, { why }]) => ({
      code: 'not-durable',
      what: `${name} is off: ${why}`,
      todo: `Set ${name} = on for the server, the database, the role and DATABASE_URL.`,
    }))
}

/** Which durability settings are off for our connections. Always empty for SQLite: we set them ourselves. */
export const settingsOff = async (storage: DataSource): Promise<ReadonlySet<string>> => {
  if (storage.options.type !== 'postgres') return new Set()
  const rows = await storage.query<Named[]>(
    `SELECT name FROM pg_settings WHERE setting = 'off' AND name IN ('synchronous_commit', 'fsync', 'full_page_writes')`,
  )
  return new Set(rows.map(({ name }) => name))
}

/** @throws StorageConfigError that says the first of them */
export const refuse = ([unfit]: readonly (Unfit | undefined)[]): void => {
  if (unfit) throw new StorageConfigError(unfit.what, unfit.todo)
}
