import type { DataSource } from 'typeorm'
import type { BackupFiles } from './files.js'
import { wholeFile } from './whole-file.js'

/**
 * Copies a database that may be in use. The copy is one moment of it, and keeps nobody from writing.
 * Under its name there is either the whole copy or nothing.
 * @throws BackupError when the name is taken
 */
export const backupSqlite = (storage: DataSource, to: string, files: BackupFiles): Promise<void> =>
  // SQLite takes an empty file. It does not sync what it writes there: https://sqlite.org/lang_vacuum.html, 2.2.
  wholeFile(to, files, (part) => storage.query('VACUUM INTO ?', [part]))
