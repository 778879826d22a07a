import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eventually, ManualClock } from '@sealcard/testing'
import { PinoLogger } from 'nestjs-pino'
import sqlite3 from 'sqlite3'
import { CheckpointFailures } from '../../src/schema/checkpoint-failures.js'
import { testConfig } from '../kit/config.js'
import { TestApp } from '../kit/test-app.js'

const broken = () => Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' })
const COUNT = /^sealcard_checkpoint_failures_total (\d+)$/m
const WRITE = 'PRAGMA user_version = 7'
const LINE =
  /^the write-ahead log is not copied: .* the disk or file system fails \(SQLITE_IOERR\)$/

test('a copy of the write-ahead log that fails is logged in words, and counted', async () => {
  const told = jest.spyOn(PinoLogger.prototype, 'error')
  const all = sqlite3.Statement.prototype.all as (...args: unknown[]) => sqlite3.Statement
  const failing = jest.spyOn(sqlite3.Statement.prototype, 'all')
  failing.mockImplementation(function (
    this: sqlite3.Statement & { sql: string },
    ...args: unknown[]
  ) {
    if (!this.sql.includes('wal_checkpoint(PASSIVE)')) return all.apply(this, args)
    const answer = args.at(-1) as (error: Error) => void
    setImmediate(() => answer(broken()))
    return this
  } as never)
  const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-checkpoints-'))
  const file = path.join(dir, 'small-log.sqlite')
  const app = await TestApp.start({
    database: { kind: 'sqlite', file, engine: 'sqlite3', checkpointPages: 5 },
  })
  try {
    const count = async () => Number(COUNT.exec((await app.call('GET', '/metrics')).text)?.[1])
    await eventually(async () => {
      for (let n = 0; n < 4; n++) await app.storage.query(WRITE)
      return (await count()) >= 2
    })
    const lines = told.mock.calls.filter(([, words]) => LINE.test(String(words)))
    expect(lines).toHaveLength(1)
    expect(lines[0]?.[0]).toMatchObject({
      failures: 1,
      todo: 'Check the disk and its mount.',
      err: { code: 'SQLITE_IOERR' },
    })
  } finally {
    failing.mockRestore()
    told.mockRestore()
    await app.stop()
    rmSync(dir, { recursive: true, force: true })
  }
})

test('says once a minute how many copies failed', () => {
  const clock = new ManualClock()
  const error = jest.fn()
  const logger = { setContext: () => {}, error } as unknown as PinoLogger
  const failures = new CheckpointFailures(logger, testConfig('x.sqlite'), clock)
  const listener = jest.fn()
  failures.onFailure(listener)
  const said = () => error.mock.calls.map(([fields]) => fields.failures)
  for (let n = 0; n < 5; n++) failures.note(broken())
  clock.advance(59_999)
  failures.note(broken())
  expect(said()).toEqual([1])
  clock.advance(1)
  failures.note(broken())
  expect(said()).toEqual([1, 6])
  expect(listener).toHaveBeenCalledTimes(7)
})
