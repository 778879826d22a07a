// What our driver and TypeORM cost over the bare sqlite3 package: same file system, same statements, same run.
import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import sqlite3 from 'sqlite3'
import { OpeningEntity } from '../dist/members/openings/opening.entity.js'
import { createDataSource } from '../dist/schema/data-source.js'
import { migrate } from '../dist/schema/migrate.js'
import { median } from './lib/figures.mjs'

const ROWS = 2000
const ROUNDS = 5
const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-bench-'))
const id = () => randomBytes(16).toString('base64url')
let at = 1_770_000_000_000
const opening = () => ({
  id: id(),
  shareId: id(),
  cardId: id(),
  viewerId: id(),
  sessionId: id(),
  outcome: 'granted',
  reason: null,
  at: at++,
})

/** Rows per second, and what a row costs the processor, µs. */
const measured = async (work) => {
  const start = process.hrtime.bigint()
  const cpu = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return {
    rate: ROWS / (Number(process.hrtime.bigint() - start) / 1e9),
    cost: (user + system) / ROWS,
  }
}

const openOurs = async (file) => {
  const source = await createDataSource({ kind: 'sqlite', file, engine: 'sqlite3' }).initialize()
  await migrate(source)
  const rows = async (manager) => {
    for (let i = 0; i < ROWS; i++) await manager.insert(OpeningEntity, opening())
  }
  return {
    together: () => source.transaction(rows),
    alone: () => rows(source.manager),
    close: () => source.destroy(),
  }
}

/** The same table, in a file that ours made. */
const openBare = async (file) => {
  await (await openOurs(file)).close()
  const db = new sqlite3.Database(file)
  const exec = promisify(db.exec.bind(db))
  await exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
  const insert = db.prepare('INSERT INTO openings VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const run = promisify(insert.run.bind(insert))
  const rows = async () => {
    for (let i = 0; i < ROWS; i++) await run(Object.values(opening()))
  }
  return {
    together: async () => {
      await exec('BEGIN IMMEDIATE')
      await rows()
      await exec('COMMIT')
    },
    alone: rows,
    close: async () => {
      await promisify(insert.finalize.bind(insert))()
      await promisify(db.close.bind(db))()
    },
  }
}

try {
  const ours = await openOurs(path.join(dir, 'ours.sqlite'))
  const bare = await openBare(path.join(dir, 'bare.sqlite'))
  for (const [form, what] of [
    ['together', 'inserts in one transaction'],
    ['alone', 'inserts, each durable by itself'],
  ]) {
    const rounds = []
    // In turn, so that a busy moment of the machine hits both.
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push([await measured(ours[form]), await measured(bare[form])])
    }
    const middle = (which, what) => median(rounds.map((round) => round[which][what]))
    console.log(
      `${what}: ${Math.round(middle(0, 'rate'))} rows/s and ${Math.round(middle(0, 'cost'))} µs of processor a row; ` +
        `sqlite3 alone ${Math.round(middle(1, 'rate'))} rows/s and ${Math.round(middle(1, 'cost'))} µs; ` +
        `ratio ${median(rounds.map(([a, b]) => b.rate / a.rate)).toFixed(2)}, of processor ${median(rounds.map(([a, b]) => a.cost / b.cost)).toFixed(2)}`,
    )
  }
  await ours.close()
  await bare.close()
} finally {
  rmSync(dir, { recursive: true, force: true })
}
