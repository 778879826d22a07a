import { SqliteDriverError } from '@sealcard/typeorm-sqlite3'
import type { DatabaseConfig } from '../core/config/config.js'
import { postgresTrouble } from './postgres/trouble.js'
import { sqliteTrouble } from './sqlite-trouble.js'
import { isStorageUnavailable, layers, StorageConfigError, Trouble } from './storage-error.js'

/** Any error of opening or migrating the database, in words. */
export const databaseTrouble = (error: unknown, database: DatabaseConfig): Trouble => {
  for (const { error: layer } of layers(error)) {
    if (!(layer instanceof StorageConfigError || layer instanceof SqliteDriverError)) continue
    return { what: layer.what, todo: layer.todo ?? 'Correct DATABASE_URL.' }
  }
  return database.kind === 'sqlite'
    ? sqliteTrouble(error, database)
    : postgresTrouble(error, database)
}

export const asConfigError = (error: unknown, database: DatabaseConfig): StorageConfigError => {
  const { what, todo } = databaseTrouble(error, database)
  return new StorageConfigError(what, todo, { cause: error })
}

/**
 * @returns what the work returns
 * @throws StorageConfigError for whatever it throws
 */
export const toldInWords = async <T>(
  database: DatabaseConfig,
  work: () => Promise<T>,
): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw asConfigError(error, database)
  }
}

/** Whether an error that arose elsewhere is the database's. */
export const isDatabaseError = (error: unknown): boolean => {
  if (error instanceof StorageConfigError || isStorageUnavailable(error)) return true
  for (const { name, code } of layers(error)) {
    if (name === 'QueryFailedError' || /^SQLITE_/.test(code)) return true
  }
  return false
}
