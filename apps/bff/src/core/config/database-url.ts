import type { DatabaseConfig, SqliteEngine } from './config.js'
import { isQuoted } from './config-text.js'
import { Secret } from './secret.js'

const SQLITE_OPTIONS = ['engine', 'checkpoint_pages']
const ENGINES: readonly string[] = ['sqlite3', 'better-sqlite3'] satisfies SqliteEngine[]

/**
 * `sqlite:./path`, `sqlite:/path`, `sqlite::memory:`, each with an optional `?engine=better-sqlite3` and
 * `?checkpoint_pages=2000`; `postgres://…`.
 * @returns the database, or the mistake as text
 */
export const readDatabaseUrl = (text: string): DatabaseConfig | string => {
  if (isQuoted(text)) return 'stands in quotes: remove them'
  if (text.startsWith('sqlite:')) return readSqlite(text.slice('sqlite:'.length))
  if (/^postgres(ql)?:\/\//.test(text)) {
    return postgresUrlMistake(text) ?? { kind: 'postgres', url: new Secret(text) }
  }
  return 'must start with sqlite: or postgres://'
}

const readSqlite = (text: string): DatabaseConfig | string => {
  const [path = '', query = '', ...more] = text.split('?')
  if (more.length) return 'has more than one ?'
  // sqlite:///path, as other tools write it, is the absolute path.
  const file = path.replace(/^\/\/(?=\/)/, '')
  if (!file || file.startsWith('//')) return 'names no file: sqlite:./path or sqlite::memory:'
  const options = new URLSearchParams(query)
  const engine = options.get('engine') ?? 'sqlite3'
  if (!ENGINES.includes(engine)) return `engine must be one of ${ENGINES.join(', ')}`
  for (const key of options.keys())
    if (!SQLITE_OPTIONS.includes(key)) return `has an unknown option ${key}`
  const pages = options.get('checkpoint_pages')
  if (pages !== null && !/^[1-9]\d{1,5}$/.test(pages))
    return 'checkpoint_pages must be a number from 10 to 999999'
  return {
    kind: 'sqlite',
    file,
    engine: engine as SqliteEngine,
    ...(pages !== null && { checkpointPages: Number(pages) }),
  }
}

/** The words that the driver knows. `require`, `prefer` and `verify-ca` check as `verify-full` does. */
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']

/** Empty: the server's own. */
const MILLISECONDS = /^\d{0,9}$/

/** The limits of time that the URL may set. */
export const POSTGRES_LIMITS = [
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
] as const

/**
 * What is wrong with a `postgres://` URL. A password is often pasted into it as it is; what it then means to say is found
 * here, before the wrong host is asked for.
 * @returns the mistake as text that shows no password; undefined for none
 */
const postgresUrlMistake = (text: string): string | undefined =>
  encodingMistake(text) ??
  (URL.canParse(text) ? optionMistake(new URL(text).searchParams) : `${INVALID}${hint(text)}`)

const INVALID = 'is not a valid postgres:// URL'

const encodingMistake = (text: string): string | undefined => {
  if (/%(?![0-9a-f]{2})/i.test(text)) return encoded('%', '%25')
  if (text.includes('#')) return encoded('#', '%23')
  if (/[^\x21-\x7e]/.test(text))
    return 'has a blank or another character that must be percent-encoded'
  try {
    decodeURIComponent(text)
  } catch {
    return 'has percent-encoded bytes that are not UTF-8: a % in a password must be percent-encoded (%25)'
  }
  const [, authority = '', rest = ''] = /^\w+:\/\/([^/?]*)(.*)$/.exec(text) ?? []
  // Without a user before the host, an @ further on means that the authority ended inside a password.
  if (!authority.includes('@') && /^[^=]*@/.test(rest)) {
    return rest.startsWith('/') ? encoded('/', '%2F') : encoded('?', '%3F')
  }
  return undefined
}

const encoded = (character: string, as: string): string =>
  `has a ${character} that stands for itself: in a password it must be percent-encoded (${as})`

/** `[`, a port that is a word. */
const hint = (text: string): string =>
  text.includes('@') ? ': special characters in a password must be percent-encoded' : ''

const optionMistake = (options: URLSearchParams): string | undefined => {
  const mode = options.get('sslmode')
  if (mode !== null && !SSL_MODES.includes(mode)) {
    return `sslmode must be one of ${SSL_MODES.join(', ')}`
  }
  if (
    mode === 'verify-ca' &&
    options.get('uselibpqcompat') === 'true' &&
    !options.get('sslrootcert')
  ) {
    return 'sslmode=verify-ca needs sslrootcert=<file>'
  }
  for (const limit of POSTGRES_LIMITS) {
    if (!MILLISECONDS.test(options.get(limit) ?? '')) return `${limit} must be milliseconds`
  }
  if (!/^(on|off)$/.test(options.get('prepared_statements') ?? 'off'))
    return 'prepared_statements must be on or off'
  if (!/^[1-9]\d{0,2}$/.test(options.get('pool_size') ?? '10'))
    return 'pool_size must be a number from 1 to 999'
  return undefined
}
