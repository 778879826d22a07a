import type { DatabaseConfig, SqliteEngine } from './config.js'
import { isQuoted } from './copied-text.js'
import { postgresUrlMistake } from './postgres-url.js'
import { Secret } from './secret.js'

const ENGINES: readonly string[] = ['sqlite3', 'better-sqlite3'] satisfies SqliteEngine[]

/**
 * `sqlite:./path`, `sqlite:/path`, `sqlite::memory:`, each with an optional `?engine=better-sqlite3`; `postgres://…`.
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
  for (const key of options.keys()) if (key !== 'engine') return `has an unknown option ${key}`
  return { kind: 'sqlite', file, engine: engine as SqliteEngine }
}
