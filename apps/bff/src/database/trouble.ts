import { SqliteDriverError } from '@sealcard/typeorm-sqlite3'
import type { DatabaseConfig, SqliteConfig } from '../core/config/config.js'
import { nameOf } from '../core/text.js'
import { postgresTrouble } from './postgres/trouble.js'
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

type Words = readonly [code: RegExp, what: string, todo: string]

const OWNER = 'Give the file and its folder to the user of the service.'
const RESTORE =
  'Stop the service, keep the file and its -wal and -shm, and restore the last backup.'

const WORDS: readonly Words[] = [
  [/^SQLITE_NOTADB/, 'it is not a SQLite database', 'Correct DATABASE_URL.'],
  [/^SQLITE_CORRUPT/, 'it is damaged', RESTORE],
  [/^(SQLITE_READONLY|EROFS)/, 'it cannot be written', OWNER],
  [/^(SQLITE_FULL|ENOSPC)/, 'the disk is full', 'Make room.'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'another process keeps it locked', 'End what holds it.'],
  [/^SQLITE_(IOERR|PROTOCOL)/, 'the disk or file system fails', 'Check the disk and its mount.'],
  [
    /^SQLITE_CANTOPEN/,
    'it cannot be opened',
    'Check that it is a file, and give it and its folder to the user of the service.',
  ],
]

/** What a file system says, with the path that it is about. */
const FILES: readonly Words[] = [
  [/^(EACCES|EPERM|EROFS)$/, 'cannot be made: this user may not write there', OWNER],
  [
    /^(ENOTDIR|EEXIST)$/,
    'cannot be made: a part of its path is no folder',
    'Correct DATABASE_URL.',
  ],
  [/^ENOSPC$/, 'cannot be made: the disk is full', 'Make room.'],
]

/** Why a SQLite file cannot be used, in words. */
const sqliteTrouble = (error: unknown, { file }: SqliteConfig): Trouble => {
  for (const { code, path } of layers(error)) {
    const used = `${file} cannot be used`
    const folder = FILES.find(([form]) => path !== undefined && form.test(code))
    if (folder)
      return { what: `${used}: the folder ${path} ${folder[1]} (${code})`, todo: folder[2] }
    const words = WORDS.find(([form]) => form.test(code))
    if (words) return { what: `${used}: ${words[1]} (${code})`, todo: words[2] }
  }
  const what = `${file} cannot be used: ${nameOf(error)}`
  return { what, todo: 'Run `sealcard doctor`.' }
}
