import type { PostgresConfig } from '../../core/config/config.js'
import { BackupError } from './backup-error.js'
import type { BackupFiles } from './files.js'
import {
  libpqEnvironment,
  type PostgresProgram,
  type PostgresPrograms,
} from './postgres-programs.js'
import { wholeFile } from './whole-file.js'

/**
 * One moment of a database that may be in use, by pg_dump in its custom format. Under its name there is either the whole
 * backup or nothing.
 * @throws BackupError
 */
export const backupPostgres = (
  database: PostgresConfig,
  to: string,
  { files, programs }: { files: BackupFiles; programs: PostgresPrograms },
): Promise<void> =>
  wholeFile(to, files, (part) => {
    const args = ['--format=custom', '--no-owner', '--no-privileges', `--file=${part}`]
    return ran(programs, 'pg_dump', args, database)
  })

/** @returns its standard output @throws BackupError with the program's first line */
export const ran = async (
  programs: PostgresPrograms,
  program: PostgresProgram,
  args: readonly string[],
  database: PostgresConfig,
): Promise<string> => {
  const { code, out, err } = await programs.run(program, args, libpqEnvironment(database))
  if (code === 0) return out
  const [line = ''] = err.split('\n').filter((text) => text.trim() !== '')
  const other = /version mismatch/.test(err) ? '; install the programs of the server’s version' : ''
  throw new BackupError(`${line || `${program} ended with ${code}`}${other}`)
}
