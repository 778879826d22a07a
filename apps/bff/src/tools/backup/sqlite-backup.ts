import type { DataSource } from 'typeorm'
import { BackupError } from './backup-error.js'
import type { BackupFiles } from './files.js'

/**
 * Copies a database that may be in use. The copy is one moment of it, and keeps nobody from writing.
 * Under its name there is either the whole copy or nothing.
 * @throws BackupError when the name is taken
 */
export const backupSqlite = async (
  storage: DataSource,
  to: string,
  files: BackupFiles,
): Promise<void> => {
  if (await files.exists(to)) throw new BackupError(`${to}: there already; choose another name`)
  const part = `${to}.part`
  // What a backup left that was cut off.
  await files.remove(part)
  await files.create(part)
  try {
    // SQLite takes an empty file. It does not sync what it writes there: https://sqlite.org/lang_vacuum.html, 2.2.
    await storage.query('VACUUM INTO ?', [part])
    await files.sync(part)
    await files.rename(part, to)
    await files.sync(to)
  } catch (error) {
    await files.remove(part)
    throw error
  }
}
