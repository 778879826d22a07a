import sqlite3 from 'sqlite3'

/** Runs one statement in the file of a service that may be running. @returns its rows */
export const inSqlite = (file: string, statement: string) =>
  new Promise<unknown[]>((resolve, reject) => {
    const database = new sqlite3.Database(file)
    database.configure('busyTimeout', 10_000)
    database.all(statement, (error, rows) => {
      database.close(() => {
        if (error) reject(error)
        else resolve(rows)
      })
    })
  })
