import pg from 'pg'
import sqlite3 from 'sqlite3'

/** What an opening leaves, by table: the columns that differ from one opening to the next. Others are as in the first row. */
const TABLES = {
  openings: ['id', 'viewer_id', 'session_id', 'share_id', 'card_id'],
  proofs: ['digest', 'opening_id'],
  card_viewers: ['card_id', 'viewer_id'],
  audit_entries: ['chain_id', 'subject', 'actor', 'prev_hash', 'hash'],
}
/** Columns of a time, ms: the rows lie evenly over half a year, in the order in which they are written. */
const TIMES = new Set(['at', 'used_at', 'first_at', 'last_at'])
const HALF_A_YEAR = 179 * 86_400_000
/** Rows of one statement: a transaction that SQLite's cache holds. */
const STEP = 500_000

const sqlite = async (file) => {
  const db = new sqlite3.Database(file)
  const exec = (sql) =>
    new Promise((resolve, reject) => db.exec(sql, (error) => (error ? reject(error) : resolve())))
  const all = (sql) =>
    new Promise((resolve, reject) =>
      db.all(sql, (error, rows) => (error ? reject(error) : resolve(rows))),
    )
  await exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000; PRAGMA threads = 2')
  return {
    all,
    exec,
    columns: async (table) => (await all(`PRAGMA table_info(${table})`)).map(({ name }) => name),
    /** An index is made faster from all rows at once than row by row. @returns what makes them again */
    async dropIndexes(table) {
      const indexes = await all(
        `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = '${table}'`,
      )
      for (const { name } of indexes) await exec(`DROP INDEX "${name}"`)
      return indexes
    },
    series: (from, to) =>
      `(WITH RECURSIVE s(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM s WHERE n < ${to - 1}) SELECT n FROM s) AS series`,
    text: (length) => `substr(hex(randomblob(${Math.ceil(length / 2)})), 1, ${length})`,
    async end() {
      await exec('PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)')
      await new Promise((resolve) => db.close(resolve))
    },
  }
}

const postgres = async (url) => {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('SET synchronous_commit = off; SET maintenance_work_mem = 1000000')
  const all = async (sql) => (await client.query(sql)).rows
  return {
    all,
    exec: all,
    columns: async (table) =>
      (
        await all(
          `SELECT column_name AS name FROM information_schema.columns WHERE table_name = '${table}' ORDER BY ordinal_position`,
        )
      ).map(({ name }) => name),
    async dropIndexes(table) {
      const indexes = await all(
        `SELECT indexname AS name, indexdef AS sql FROM pg_indexes WHERE tablename = '${table}'
         AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
      )
      for (const { name } of indexes) await all(`DROP INDEX "${name}"`)
      return indexes
    },
    series: (from, to) => `generate_series(${from}::bigint, ${to - 1}::bigint) AS series(n)`,
    text: (length) =>
      `substr(md5(random()::text) || md5(random()::text), 1, ${Math.min(length, 64)})`,
    async end() {
      await client.query('VACUUM ANALYZE')
      await client.query('CHECKPOINT')
      await client.end()
    },
  }
}

const within = (url) =>
  url.startsWith('sqlite:') ? sqlite(url.slice('sqlite:'.length)) : postgres(url)

/** How long the text is that a column holds, in the row that is there already. */
const lengthOf = (value) => String(value ?? '').length || 22

/**
 * Adds openings by SQL until there are `total`. There must be at least one before. Only what reads
 * and writes of other openings meet is true to life: number of rows, sizes, indexes and order. The new audit entries
 * belong to no chain that exists, so nothing continues or verifies them.
 * @returns how many openings are there now
 */
export const fill = async (url, total, say = () => {}) => {
  const db = await within(url)
  try {
    const [{ n }] = await db.all('SELECT COUNT(*) AS n FROM openings')
    const there = Number(n)
    const now = Date.now()
    for (const [table, different] of Object.entries(TABLES)) {
      const [first] = await db.all(`SELECT * FROM ${table} LIMIT 1`)
      const columns = await db.columns(table)
      const chain = table === 'audit_entries'
      const cell = (column) => {
        if (column === 'seq') return 'series.n'
        // One chain of strangers: rows that follow each other, as a process writes them.
        if (chain && column === 'chain_id') return `'${'f'.repeat(22)}'`
        if (different.includes(column)) return db.text(lengthOf(first[column]))
        if (TIMES.has(column))
          return `${now - HALF_A_YEAR} + series.n * ${Math.floor(HALF_A_YEAR / Math.max(total, 1))}`
        return `one.${column}`
      }
      const indexes = total > STEP ? await db.dropIndexes(table) : []
      for (let from = there; from < total; from += STEP) {
        const to = Math.min(total, from + STEP)
        await db.exec(
          `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns.map(cell).join(', ')}
           FROM ${db.series(from, to)} CROSS JOIN (SELECT * FROM ${table} LIMIT 1) AS one`,
        )
        if (total > STEP)
          say(`${table}: ${to.toLocaleString('en')} of ${total.toLocaleString('en')}`)
      }
      for (const { name, sql } of indexes) {
        say(`${table}: index ${name}`)
        await db.exec(sql)
      }
    }
    return Math.max(there, total)
  } finally {
    await db.end()
  }
}
