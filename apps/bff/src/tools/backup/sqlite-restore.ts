import path from 'node:path'
import { openConnection } from '@sealcard/typeorm-sqlite3'
import type { Config, SqliteConfig } from '../../core/config/config.js'
import { layers } from '../../database/storage-error.js'
import { BackupError } from './backup-error.js'
import { type BackupFiles, SIDE_FILES } from './files.js'
import { type Judged, judge, type JudgeContext } from './judge.js'

/** Every SQLite file begins so: https://sqlite.org/fileformat.html, 1.3. */
const MAGIC = 'SQLite format 3\0'

interface Restore extends JudgeContext {
  readonly files: BackupFiles
  /** Of the restore point's name. */
  readonly stamp: string
}

export interface Restored extends Judged {
  /** The database before, for `restore --from`; null when there was none. */
  readonly restorePoint: string | null
}

/**
 * Puts a backup in the place of the database, which no other process may use. The backup is judged as a copy first. The
 * database's name leads to the old one or to the new one at every moment, also when the machine stops.
 * @param from the backup: it stays as it is @param check only judges it
 * @throws BackupError, StorageConfigError: nothing has changed
 */
export const restoreSqlite = async (
  config: Config,
  database: SqliteConfig,
  { from, check }: { from: string; check: boolean },
  context: Restore,
): Promise<Restored> => {
  const { files } = context
  const { file } = database
  if (file === ':memory:') throw new BackupError('DATABASE_URL: sqlite::memory: holds no database')
  if (Buffer.from(await files.head(from)).toString('latin1') !== MAGIC)
    throw new BackupError(`${from}: it is not a SQLite file; sealcard backup writes one`)
  const staged = `${file}.restoring`
  await removeAll(files, staged)
  try {
    await files.copy(from, staged)
    const judged = await judge({ ...config, database: { ...database, file: staged } }, context)
    if (check) return { ...judged, restorePoint: null }
    await files.sync(staged)
    const there = await files.exists(file)
    const restorePoint = there ? `${file}.before-restore-${context.stamp}` : null
    if (restorePoint !== null) {
      const whole = await takeForOurselves(database)
      await files.link(file, restorePoint)
      if (!whole) await setAside(files, file, restorePoint)
      await files.sync(restorePoint)
    }
    await files.rename(staged, file)
    await files.sync(file)
    return { ...judged, restorePoint }
  } finally {
    await removeAll(files, staged)
  }
}

const removeAll = async (files: BackupFiles, file: string): Promise<void> => {
  for (const side of ['', ...SIDE_FILES]) await files.remove(`${file}${side}`)
}

/**
 * Only the one process that has a database open can leave write-ahead logging. Afterwards the file alone is the database.
 * @returns false when it is too damaged to be opened
 * @throws BackupError while another process has it open
 */
export const takeForOurselves = async (database: SqliteConfig): Promise<boolean> => {
  const { engine, file } = database
  const connection = await openConnection(engine, file, { readonly: false, busyTimeoutMs: 500 })
  try {
    const { rows = [] } = await connection.query('PRAGMA journal_mode = DELETE', [])
    const [row] = rows as { journal_mode: string }[]
    if (row?.journal_mode !== 'delete') throw inUse(database)
    return true
  } catch (error) {
    if (error instanceof BackupError) throw error
    if ([...layers(error)].some(({ code }) => /^SQLITE_(BUSY|LOCKED)/.test(code)))
      throw inUse(database)
    return false
  } finally {
    await connection.close()
  }
}

const inUse = ({ file }: SqliteConfig): BackupError =>
  new BackupError(
    `${path.basename(file)}: another process uses it; stop every Sealcard process first`,
  )

/** The log of a damaged database would be taken for the restored one's. */
const setAside = async (files: BackupFiles, file: string, restorePoint: string): Promise<void> => {
  for (const side of SIDE_FILES)
    if (await files.exists(`${file}${side}`))
      await files.rename(`${file}${side}`, `${restorePoint}${side}`)
}
