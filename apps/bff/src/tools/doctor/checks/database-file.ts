import path from 'node:path'
import { loadEngine, openConnection, type SqliteConnection } from '@sealcard/typeorm-sqlite3'
import type { SqliteConfig } from '../../../core/config/config.js'
import { databaseTrouble } from '../../../database/trouble.js'
import {
  type Check,
  type Context,
  ok,
  type Said,
  warning,
  wrong,
  type Files,
} from '../support/check.js'

/** Above this a check of every page takes minutes. */
const QUICK_BYTES = 1_000_000_000

/** SQLite's file: where it lies, who may read it, and whether it is whole. Reads only. */
export const databaseFile: Check = {
  name: 'database file',
  timeoutMs: 900_000,
  async run(context) {
    const { database } = context.config
    if (database.kind !== 'sqlite') return []
    if (database.file === ':memory:') {
      const what = 'the database is in memory: everything is gone when the service stops'
      return [wrong('in-memory', what, 'Set DATABASE_URL to sqlite:<file> or postgres://….')]
    }
    const engine = await engineFindings(database)
    const folder = path.dirname(path.resolve(database.file))
    const stat = await context.files.stat(database.file).catch(codeOf)
    if (typeof stat === 'string') {
      const what = `${database.file} cannot be looked at (${stat})`
      const todo = 'Correct DATABASE_URL, or the rights of the folders above the file.'
      const around = await locationFindings(context, folder, 0)
      return [...engine, ...around, wrong('unreadable', what, todo)]
    }
    const location = await locationFindings(context, folder, stat?.size ?? 0)
    if (!stat) {
      const what = `${database.file} is not there yet; the service makes it when it first starts`
      const todo = 'Start the service, or correct DATABASE_URL if it has run before.'
      return [...engine, ...location, warning('no-file', what, todo)]
    }
    const around = [...engine, ...location, ...permissions(database.file, stat)]
    return engine.length > 0 ? around : [...around, ...(await inside(context, stat.size))]
  },
}

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : 'unknown'
}

/** Whether the package that reads the file can be loaded here at all. */
const engineFindings = async (database: SqliteConfig): Promise<Said[]> => {
  try {
    await loadEngine(database.engine)
    return []
  } catch (error) {
    const { what, todo } = databaseTrouble(error, database)
    return [wrong('engine', what, todo)]
  }
}

const permissions = (file: string, { mode, mine }: { mode: number; mine: boolean }): Said[] => {
  const owner = mine
    ? []
    : [
        warning(
          'not-owner',
          `${file} belongs to another user`,
          'Run the service and these commands as its owner, or new files beside it may shut the service out.',
        ),
      ]
  if ((mode & 0o077) === 0) return owner
  const what = `others on this machine may read ${file} (mode ${mode.toString(8)})`
  return [...owner, warning('readable-by-others', what, `chmod 600 ${file}*`)]
}

const inside = async ({ config, thorough }: Context, size: number): Promise<readonly Said[]> => {
  const { engine, file } = config.database as SqliteConfig
  let connection: SqliteConnection | undefined
  try {
    const reading = await openConnection(engine, file, { readonly: true, busyTimeoutMs: 5_000 })
    connection = reading
    const value = async (pragma: string) => {
      const { rows = [] } = await reading.query(pragma, [])
      return rows.map((row) => String(Object.values(row as object)[0]))
    }
    const [mode] = await value('PRAGMA journal_mode')
    const damage = thorough || size <= QUICK_BYTES ? await value('PRAGMA quick_check(5)') : null
    return [
      mode === 'wal'
        ? ok('wal', 'write-ahead logging is on')
        : warning(
            'not-wal',
            `the file is in ${mode} mode: the service never ran on it, or it was rebuilt by another tool`,
            'Start the service once; the rest of the database was not checked.',
          ),
      judged(damage, size),
    ]
  } catch (error) {
    const damaged = /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))
    const { what, todo } = databaseTrouble(error, config.database)
    return [wrong(damaged ? 'damaged' : 'unreadable', what, damaged ? RESTORE : todo)]
  } finally {
    await connection?.close()
  }
}

const RESTORE =
  'Stop the service, keep the file and its -wal and -shm as they are, and restore the last backup.'

const judged = (damage: readonly string[] | null, size: number): Said => {
  if (!damage) {
    const what = `${Math.round(size / 1e6)} MB; every page was not looked at, which takes minutes`
    return ok('not-looked-through', `${what}: --thorough does it`)
  }
  if (damage[0] === 'ok') return ok('whole', 'every page is as it should be')
  // SQLite's own words about pages and trees; they quote no row.
  return wrong('damaged', `the file is damaged: ${damage[0]?.slice(0, 200)}`, RESTORE)
}

const LOW_BYTES = 1_000_000_000
const FULL_BYTES = 50_000_000

/** File systems whose locks or memory-mapped files SQLite cannot rely on, and those that do not last. */
const UNFIT: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'SMB',
  0xfe534d42: 'SMB',
  0x01021997: '9P',
}
const PASSING: Readonly<Record<number, string>> = {
  0x01021994: 'tmpfs',
  0x858458f6: 'ramfs',
  0x794c7630: 'overlay, which goes with its container',
}

/** Whether the folder is a place for a database. @param size of the file, bytes */
const locationFindings = async (
  { files, config }: Context,
  folder: string,
  size: number,
): Promise<readonly Said[]> => {
  let space
  try {
    space = await files.space(folder)
  } catch {
    return [await unmade(files, folder)]
  }
  const found: Said[] = [...spaceFindings(space.free, size, folder)]
  if (!(await files.writable(folder))) {
    const what = `this user may not write into ${folder}`
    found.push(wrong('folder-read-only', what, 'Give the folder to the user of the service.'))
  }
  const unfit = UNFIT[space.type]
  if (unfit) {
    const todo = 'Put the file on a disk of this machine, or use PostgreSQL.'
    found.push(
      wrong('network-file-system', `${folder} is on ${unfit}: WAL needs one machine`, todo),
    )
  }
  const passing =
    PASSING[space.type] ??
    (isBelow(folder, files.temporary) ? 'a folder for temporary files' : undefined)
  if (passing && config.mode === 'production') {
    const what = `${folder} is on ${passing}: acknowledged cards would not last`
    found.push(wrong('not-lasting', what, 'Put the file on a disk that stays.'))
  }
  return found
}

/** The service makes the folder, and those above it, where it may. */
const unmade = async (files: Files, folder: string): Promise<Said> => {
  const above = await nearest(files, path.dirname(folder))
  if (!(await files.isFolder(above))) {
    const what = `${folder} cannot be made: ${above} is no folder, or not to be looked into`
    return wrong(
      'folder-blocked',
      what,
      'Correct DATABASE_URL, or the rights of the folders above.',
    )
  }
  if (!(await files.writable(above))) {
    const what = `${folder} is not there and cannot be made: this user may not write into ${above}`
    const todo = 'Make the folder, and give it to the user of the service.'
    return wrong('folder-read-only', what, todo)
  }
  return ok('no-folder', `${folder} is not there yet`)
}

/** The first that is there, upwards. */
const nearest = async (files: Files, folder: string): Promise<string> => {
  const there = await files.space(folder).then(
    () => true,
    () => false,
  )
  const parent = path.dirname(folder)
  return there || parent === folder ? folder : nearest(files, parent)
}

function* spaceFindings(free: number, size: number, folder: string): Generator<Said> {
  const told = `${Math.floor(free / 1e6)} MB are free at ${folder}`
  if (free < FULL_BYTES) yield wrong('disk-full', told, 'Make room: writes are about to fail.')
  else if (free < Math.max(LOW_BYTES, size / 10)) yield warning('disk-low', told, 'Make room.')
  else yield ok('disk', told)
}

const isBelow = (folder: string, parent: string): boolean =>
  !path.relative(parent, folder).startsWith('..') && !path.isAbsolute(path.relative(parent, folder))
