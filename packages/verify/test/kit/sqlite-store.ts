import { promisify } from 'node:util'
import sqlite3 from 'sqlite3'
import { createSqlStore } from '../../src/index.js'

export const createSqliteStore = async () => {
  const database = new sqlite3.Database(':memory:')
  const all = promisify<string, unknown[], unknown[]>(database.all.bind(database))
  const store = createSqlStore({ dialect: 'sqlite', query: (sql, params) => all(sql, params) })
  await store.setUp()
  const close = promisify(database.close.bind(database))
  return { store, close }
}
