import type { PostgresConfig } from '../../core/config/config.js'

export type PostgresProgram = 'pg_dump' | 'pg_restore' | 'psql'

/** Runs one of PostgreSQL's own programs. */
export interface PostgresPrograms {
  /**
   * @param env beside the environment of this process
   * @throws BackupError when there is no such program
   */
  run(
    program: PostgresProgram,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<{ code: number; out: string; err: string }>
}

/** An argument would show the password to everybody on the machine. libpq reads these: PostgreSQL manual, 34.15. */
export const libpqEnvironment = ({ url }: PostgresConfig): Record<string, string> => {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url.reveal())
  const mode = searchParams.get('sslmode')
  const root = searchParams.get('sslrootcert')
  return {
    PGHOST: decodeURIComponent(hostname).replace(/^\[|\]$/g, ''),
    ...(port && { PGPORT: port }),
    ...(username && { PGUSER: decodeURIComponent(username) }),
    ...(password && { PGPASSWORD: decodeURIComponent(password) }),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: sslModeOf(mode, searchParams.get('uselibpqcompat') === 'true'),
    // libpq looks into the home of the user; our driver takes the system's authorities.
    ...(mode && { PGSSLROOTCERT: root ?? 'system' }),
  }
}

/** What the words mean to the service: all but `disable` and `no-verify` check the server's name. */
const sslModeOf = (mode: string | null, asLibpq: boolean): string => {
  if (mode === null || mode === 'disable') return 'disable'
  if (mode === 'no-verify') return 'require'
  return asLibpq ? mode : 'verify-full'
}
