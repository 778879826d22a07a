import type { PostgresConfig } from '../../core/config/config.js'
import { BackupError } from './backup-error.js'
import type { BackupFiles } from './files.js'
import {
  libpqEnvironment,
  type PostgresProgram,
  type PostgresPrograms,
} from './postgres-programs.js'

/**
 * One moment of a database that may be in use, by pg_dump in its custom format. Under its name there is either the whole
 * backup or nothing.
 * @throws BackupError
 */
export const backupPostgres = async (
  database: PostgresConfig,
  to: string,
  { files, programs }: { files: BackupFiles; programs: PostgresPrograms },
): Promise<void> => {
  if (await files.exists(to)) throw new BackupError(`${to}: there already; choose another name`)
  const part = `${to}.part`
  await files.remove(part)
  await files.create(part)
  try {
    const args = ['--format=custom', '--no-owner', '--no-privileges', `--file=${part}`]
    await ran(programs, 'pg_dump', args, database)
    await files.sync(part)
    await files.rename(part, to)
    await files.sync(to)
  } catch (error) {
    await files.remove(part)
    throw error
  }
}

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
