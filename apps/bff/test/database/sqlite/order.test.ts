import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openConnection } from '../../../src/database/sqlite/connection.js'
import type { SqliteConnection } from '../../../src/database/sqlite/engine.js'
import type { RwSqliteDataSource } from '../../../src/database/sqlite/rw-driver.js'
import { migrate } from '../../../src/schema/migrate.js'
import { ClaimEntity } from '../../kit/storage/claim.entity.js'
import { claim, claimsFile } from '../../kit/storage/claims-file.js'

const folder = mkdtempSync(path.join(tmpdir(), 'sealcard-order-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const newFile = (): string => path.join(folder, `${files++}.sqlite`)

/** Takes long enough in the engine that a statement which need not wait for it would overtake it. */
const SLOW =
  'INSERT INTO t SELECT id FROM (WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n LIMIT 200000) SELECT max(id) AS id FROM n)'

describe('statements that are made together on one connection', () => {
  let connection: SqliteConnection
  const ids = async () => (await connection.query('SELECT id FROM t ORDER BY rowid', [])).rows

  beforeEach(async () => {
    connection = await openConnection('sqlite3', newFile(), { readonly: false, busyTimeoutMs: 0 })
    await connection.exec('CREATE TABLE t (id integer NOT NULL UNIQUE)')
  })
  afterEach(() => connection.close())

  it('run one after the other, in the order in which they were made', async () => {
    await connection.query('INSERT INTO t VALUES (?)', [0])
    await Promise.all([
      connection.query(SLOW, []),
      // Prepared already, or run by another call: neither overtakes.
      connection.query('INSERT INTO t VALUES (?)', [1]),
      connection.exec('INSERT INTO t VALUES (2)'),
      connection.query('INSERT INTO t VALUES (?)', [3]),
    ])
    expect(await ids()).toEqual([{ id: 0 }, { id: 200_000 }, { id: 1 }, { id: 2 }, { id: 3 }])
  })

  it('leave nothing behind when one between two others fails and a ROLLBACK follows', async () => {
    const insert = (id: number) => connection.query('INSERT INTO t VALUES (?)', [id])
    // The statement that rolls back is prepared: it could begin before the others are.
    await connection.exec('BEGIN')
    await connection.query('ROLLBACK', [])
    const results = await Promise.allSettled([
      connection.query('BEGIN IMMEDIATE', []),
      connection.query(SLOW, []),
      connection.query('INSERT INTO t VALUES (NULL)', []),
      insert(1),
      connection.query('ROLLBACK', []),
    ])
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
    expect(await ids()).toEqual([])
  })
})

describe('a transaction that is rolled back', () => {
  let dataSource: RwSqliteDataSource
  beforeEach(async () => {
    dataSource = await claimsFile(newFile()).initialize()
    await migrate(dataSource)
  })
  afterEach(() => dataSource.destroy())
  const count = () => dataSource.getRepository(ClaimEntity).count()

  it('holds nothing of the statements that were made without waiting for each other', async () => {
    let results: Promise<PromiseSettledResult<unknown>[]> | undefined
    const failing = dataSource.transaction(async (manager) => {
      const made = [
        manager.insert(ClaimEntity, claim('one')),
        manager.query("INSERT INTO claims VALUES ('no', NULL, NULL)"),
        manager.insert(ClaimEntity, claim('two')),
      ]
      results = Promise.allSettled(made)
      await Promise.all(made)
    })
    await expect(failing).rejects.toThrow('NOT NULL')
    expect((await results)?.map(({ status }) => status)).toContain('rejected')
    expect(await count()).toBe(0)
  })

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    'refuses a statement that comes %i steps after the work has failed',
    async (steps) => {
      let late: Promise<unknown> | undefined
      const failing = dataSource.transaction(async (manager) => {
        late = (async () => {
          for (let step = 0; step < steps; step++) await Promise.resolve()
          await manager.query("INSERT INTO claims VALUES ('late', 'new', 1)")
        })().catch((error: unknown) => error)
        throw new Error('undo')
      })
      await expect(failing).rejects.toThrow('undo')
      await late
      expect(await count()).toBe(0)
    },
  )
})
