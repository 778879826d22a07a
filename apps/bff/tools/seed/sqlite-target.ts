import { once } from 'node:events'
import { open, rename } from 'node:fs/promises'
import sqlite3 from 'sqlite3'
import { Batches } from './batches.js'
import type { SeedTable, Value } from './tables.js'
import type { Target } from './target.js'

/** SQLite takes 32,766 parameters at a time. */
const ROWS = 2_000

/**
 * A SQLite file that no other process uses yet. A power cut would ruin it while it is filled. So it has another name
 * until it is whole, in write-ahead mode again.
 */
export const openSqliteTarget = async (
  file: string,
  finalName: string,
  cacheMiB: number,
): Promise<Target> => {
  const db = new sqlite3.Database(file)
  await once(db, 'open')
  const exec = (sql: string) =>
    new Promise<void>((resolve, reject) =>
      db.exec(sql, (error) => (error ? reject(error) : resolve())),
    )
  const all = <T>(sql: string) =>
    new Promise<T[]>((resolve, reject) =>
      db.all<T>(sql, (error, rows) => (error ? reject(error) : resolve(rows))),
    )
  await exec(
    `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
     PRAGMA foreign_keys = OFF; PRAGMA cache_size = -${cacheMiB * 1024}; PRAGMA threads = 2`,
  )
  const prepared = new Map<string, sqlite3.Statement>()
  const prepare = (sql: string) =>
    new Promise<sqlite3.Statement>((resolve, reject) => {
      const statement = db.prepare(sql, (error) => (error ? reject(error) : resolve(statement)))
    })
  const write = async (table: SeedTable, values: Value[]) => {
    const sql = insertion(table, values.length / table.columns.length)
    const statement = prepared.get(sql) ?? (await prepare(sql))
    prepared.set(sql, statement)
    await new Promise<void>((resolve, reject) => {
      statement.run(values, (error) => (error ? reject(error) : resolve()))
    })
  }
  const sink = new Batches(ROWS, write)
  const indexes = await all<{ name: string; sql: string }>(
    `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`,
  )
  return {
    sink,
    indexes,
    exec,
    begin: () => exec('BEGIN'),
    commit: () => exec('COMMIT'),
    async finish() {
      for (const statement of prepared.values())
        await new Promise<void>((resolve) => statement.finalize(() => resolve()))
      await exec('PRAGMA locking_mode = NORMAL; PRAGMA synchronous = FULL')
      await exec('PRAGMA journal_mode = WAL')
      await new Promise<void>((resolve, reject) =>
        db.close((error) => (error ? reject(error) : resolve())),
      )
      // Gigabytes that only the system's cache holds would make the service's first syncs wait for them.
      const written = await open(file, 'r+')
      await written.sync()
      await written.close()
      await rename(file, finalName)
    },
  }
}

const insertion = ({ name, columns }: SeedTable, rows: number): string => {
  const row = `(${columns.map(() => '?').join()})`
  return `INSERT INTO ${name} (${columns.join()}) VALUES ${Array.from({ length: rows }, () => row).join()}`
}
