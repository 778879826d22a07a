import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { autocheckpoint, Checkpoints, mayCopyBeside } from '../src/checkpoints.js'
import { openConnection, type SqliteConnection, truncateWal } from '../src/index.js'
import { Sqlite3Connection } from '../src/sqlite3-connection.js'
import { claim, Claims, openClaims } from './support/claims.js'

const folder = mkdtempSync(path.join(tmpdir(), 'sealcard-checkpoints-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const newFile = () => path.join(folder, `${files++}.sqlite`)
const open = (file: string) =>
  openConnection('sqlite3', file, { readonly: false, busyTimeoutMs: 0 })

const PAGES = 20
/** At least a page each. */
const WRITE = 'INSERT INTO t SELECT hex(randomblob(3000))'
const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n))

test.each([
  ['3.51.3', true],
  ['3.51.10', true],
  ['3.52.0', true],
  ['4.0.0', true],
  ['3.51.2', false],
  ['3.50.9', false],
  ['3.9.12', false],
  ['2.99.99', false],
  ['3.51', false],
  ['', false],
])('SQLite %s may copy the log beside a writer: %s', (version, may) => {
  expect(mayCopyBeside(version)).toBe(may)
})

test('an SQLite that may damage the file copies the log within a COMMIT, as it does by itself', async () => {
  const query = Sqlite3Connection.prototype.query
  const old = jest.spyOn(Sqlite3Connection.prototype, 'query')
  old.mockImplementation(async function (this: Sqlite3Connection, sql, params) {
    const result = await query.call(this, sql, params)
    return sql.includes('sqlite_version') ? { rows: [{ version: '3.51.2' }] } : result
  })
  const limit = async () => {
    const storage = await openClaims(newFile())
    const [row] = await storage.query<Record<string, number>[]>('PRAGMA wal_autocheckpoint')
    await storage.destroy()
    return Object.values(row ?? {})[0]
  }
  expect(await limit()).toBe(1000)
  old.mockRestore()
  expect(await limit()).toBe(16_000)
})

describe('checkpoints beside transactions', () => {
  let writer: SqliteConnection
  let looking: SqliteConnection
  let checkpoints: Checkpoints
  /** Asked for a turn. */
  let asked: Promise<void>
  let give: () => void
  let failures: unknown[]
  let hear: () => void

  beforeEach(async () => {
    const file = newFile()
    writer = await open(file)
    await writer.query('PRAGMA journal_mode = WAL', [])
    await writer.exec(`${autocheckpoint(1_000_000)};CREATE TABLE t (x)`)
    looking = await open(file)
    let ask = () => {}
    asked = new Promise((resolve) => (ask = resolve))
    const turn = new Promise<void>((resolve) => (give = resolve))
    const lease = async () => {
      ask()
      await turn
      return () => {}
    }
    failures = []
    hear = () => {}
    const onFailure = (error: unknown) => {
      failures.push(error)
      hear()
    }
    checkpoints = new Checkpoints(await open(file), { pages: PAGES, lease, onFailure })
  })
  afterEach(async () => {
    give()
    await checkpoints.close()
    await looking.close()
    await writer.close()
  })

  const state = async () => {
    const { rows } = await looking.query('PRAGMA wal_checkpoint(NOOP)', [])
    const [{ log, checkpointed }] = rows as [{ log: number; checkpointed: number }]
    return { log, checkpointed }
  }
  const fourTurns = () => times(4, () => checkpoints.afterTurn()).at(-1)

  it('copies a large log while a transaction is open, and the rest between two of them', async () => {
    for (const _ of times(PAGES, String)) await writer.query(WRITE, [])
    await writer.exec('BEGIN IMMEDIATE')
    await writer.query(WRITE, [])
    const run = fourTurns()
    await asked
    const before = await state()
    expect(before.checkpointed).toBe(before.log)
    expect(before.log).toBeGreaterThan(PAGES)
    await writer.exec('COMMIT')
    expect((await state()).checkpointed).toBeLessThan((await state()).log)
    give()
    await run
    const after = await state()
    expect(after.checkpointed).toBe(after.log)
    await writer.query(WRITE, [])
    expect((await state()).log).toBeLessThan(PAGES)
  })

  it('leaves a small log as it is', async () => {
    await writer.query(WRITE, [])
    await fourTurns()
    expect((await state()).checkpointed).toBe(0)
  })

  it('looks at the log after each fourth turn, once at a time', async () => {
    for (const _ of times(PAGES, String)) await writer.query(WRITE, [])
    expect(times(3, () => checkpoints.afterTurn())).toEqual([undefined, undefined, undefined])
    const run = checkpoints.afterTurn()
    expect(times(9, () => checkpoints.afterTurn())).toEqual(times(9, () => run))
    give()
    await run
    expect(checkpoints.afterTurn()).toBeUndefined()
  })

  it('copies nothing while somebody else does, and somebody else waits for the copy under way', async () => {
    for (const _ of times(PAGES, String)) await writer.query(WRITE, [])
    let end = () => {}
    const work = checkpoints.without(() => new Promise<void>((resolve) => (end = resolve)))
    give()
    await fourTurns()
    expect((await state()).checkpointed).toBe(0)
    end()
    await work
    const run = fourTurns()
    await checkpoints.without(async () => {})
    await run
    const { log, checkpointed } = await state()
    expect(checkpointed).toBe(log)
  })

  it.each(['NOOP', 'PASSIVE'])(
    'says why %s failed, and copies after the next turns, whoever fails to hear it',
    async (mode) => {
      for (const _ of times(PAGES, String)) await writer.query(WRITE, [])
      const broken = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' })
      const query = Sqlite3Connection.prototype.query
      const failing = jest.spyOn(Sqlite3Connection.prototype, 'query')
      failing.mockImplementation(function (this: Sqlite3Connection, sql, params) {
        return sql.includes(mode) ? Promise.reject(broken) : query.call(this, sql, params)
      })
      hear = () => {
        throw new Error('nobody hears')
      }
      give()
      await fourTurns()
      failing.mockRestore()
      expect((await state()).checkpointed).toBe(0)
      await fourTurns()
      const { log, checkpointed } = await state()
      expect(checkpointed).toBe(log)
      expect(failures).toEqual([broken])
    },
  )

  it('fails for nobody, and tells nobody, when its connection is closed', async () => {
    await checkpoints.close()
    await expect(fourTurns()).resolves.toBeUndefined()
    expect(failures).toEqual([])
    const lease = async () => () => {}
    checkpoints = new Checkpoints(looking, { pages: PAGES, lease, onFailure: () => {} })
    looking = await open(newFile())
  })
})

describe('the log of a data source', () => {
  it('stays small however much is written, and is emptied at any moment', async () => {
    const file = newFile()
    const dataSource = await openClaims(file, { checkpointPages: PAGES })
    const claims = dataSource.getRepository(Claims)
    for (let round = 0; round < 40; round++) {
      const rows = times(200, (n) => claim(`${round}-${n}-${'x'.repeat(50)}`))
      const written = times(4, (n) => claims.insert(rows.slice(n * 50, n * 50 + 50)))
      await Promise.all(round === 4 ? [...written, truncateWal(dataSource)] : written)
    }
    // Some 1,500 pages were written. The log is copied from 20 on; what is written while it is copied comes on top.
    const most = 500 * 4120
    expect(statSync(`${file}-wal`).size).toBeLessThan(most)
    await truncateWal(dataSource)
    expect(statSync(`${file}-wal`).size).toBe(0)
    expect(await claims.count()).toBe(40 * 200)
    await dataSource.destroy()
  })

  it('is copied within a COMMIT only when nobody else could copy it', async () => {
    const dataSource = await openClaims(newFile(), { checkpointPages: 123, cacheKiB: 4_321 })
    const pragma = async (name: string) =>
      Object.values((await dataSource.query(`PRAGMA ${name}`))[0])[0]
    expect(await pragma('wal_autocheckpoint')).toBe(246)
    expect(await pragma('cache_size')).toBe(-4_321)
    await dataSource.destroy()
  })
})
