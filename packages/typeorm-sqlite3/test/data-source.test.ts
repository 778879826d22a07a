import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { MigrationInterface } from 'typeorm'
import {
  isUnavailable,
  openConnection,
  type SqliteConnection,
  type SqliteDataSource,
  type SqliteSettings,
} from '../src/index.js'
import { claim, Claims, claimsFile, openClaims } from './support/claims.js'
import { engineSuite } from './support/engine-suite.js'

const folder = mkdtempSync(path.join(tmpdir(), 'sealcard-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const newFile = (): string => path.join(folder, `deep/er/${files++}.sqlite`)

/** TypeORM wraps what a statement fails with. */
const driverErrorOf = (error: unknown): unknown =>
  (error as { driverError?: unknown }).driverError ?? error

class Failing1800000000000 implements MigrationInterface {
  name = 'Failing1800000000000'

  up(): Promise<void> {
    return Promise.reject(new Error('no such migration'))
  }

  async down(): Promise<void> {}
}

engineSuite('sqlite3, in a file', 'sqlite3', newFile)
engineSuite('sqlite3, in memory', 'sqlite3', () => ':memory:')

describe('SqliteDataSource', () => {
  let file: string
  let dataSource: SqliteDataSource
  const others: SqliteConnection[] = []

  const open = async (settings: Partial<SqliteSettings> = {}): Promise<SqliteDataSource> => {
    dataSource = await openClaims(file, settings)
    return dataSource
  }
  const lockElsewhere = async (): Promise<SqliteConnection> => {
    const other = await openConnection('sqlite3', file, { readonly: false, busyTimeoutMs: 5_000 })
    others.push(other)
    await other.exec('BEGIN IMMEDIATE')
    return other
  }
  const insert = (id: string) => dataSource.getRepository(Claims).insert(claim(id))
  const count = () => dataSource.getRepository(Claims).count()

  beforeEach(() => {
    file = newFile()
  })
  afterEach(async () => {
    jest.restoreAllMocks()
    for (const other of others.splice(0)) await other.close()
    await dataSource.destroy()
  })

  it('writes ahead, syncs every commit and overwrites what it deletes', async () => {
    await open()
    const pragma = async (name: string) =>
      Object.values((await dataSource.query(`PRAGMA ${name}`))[0])[0]
    expect(await pragma('journal_mode')).toBe('wal')
    expect(await pragma('synchronous')).toBe(2)
    expect(await pragma('foreign_keys')).toBe(1)
    expect(await pragma('secure_delete')).toBe(1)
  })

  it('makes files that only their owner may read', async () => {
    await open()
    await insert('one')
    for (const part of ['', '-wal', '-shm'])
      expect((statSync(`${file}${part}`).mode & 0o077).toString(8)).toBe('0')
  })

  it('reads while another process holds the write lock, and the event loop keeps running', async () => {
    await open()
    await insert('before')
    const other = await lockElsewhere()
    let written = false
    const write = insert('meanwhile').then(() => (written = true))
    for (let i = 0; i < 50; i++) expect(await count()).toBe(1)
    expect(written).toBe(false)
    await other.exec('COMMIT')
    await write
    expect(await count()).toBe(2)
  })

  it('calls a lock that lasts unavailable, and recovers by itself', async () => {
    await open({ busyTimeoutMs: 20 })
    const other = await lockElsewhere()
    const refusal = await insert('refused').catch((error: unknown) => error)
    expect(isUnavailable(driverErrorOf(refusal))).toBe(true)
    const begin = await dataSource.transaction(async () => {}).catch((error: unknown) => error)
    expect(isUnavailable(driverErrorOf(begin))).toBe(true)
    await other.exec('COMMIT')
    await insert('after')
    // Seen by another connection: a failed statement that is not ended would hold the commit back.
    expect(await count()).toBe(1)
  })

  it('calls a full disk unavailable, keeps nothing half done and recovers by itself', async () => {
    await open()
    const pages = (await dataSource.query('PRAGMA page_count'))[0].page_count as number
    await dataSource.query(`PRAGMA max_page_count = ${pages}`)
    const fill = dataSource.transaction(async (manager) => {
      for (let i = 0; i < 500; i++) await manager.insert(Claims, claim(`${'x'.repeat(60)}${i}`))
    })
    const refusal = await fill.catch((error: unknown) => error)
    expect(isUnavailable(driverErrorOf(refusal))).toBe(true)
    expect(await count()).toBe(0)
    await dataSource.query('PRAGMA max_page_count = 1000000')
    await insert('after')
    expect(await count()).toBe(1)
  })

  it('binds numbers, so that one prepared statement serves all of them', async () => {
    await open()
    const bound = dataSource.driver.escapeQueryWithParameters(
      'at < :at AND id IN (:...ids) AND on = :on',
      { at: 1_770_000_000_000, ids: [1, 2], on: true },
    )
    expect(bound).toEqual(['at < ? AND id IN (?, ?) AND on = ?', [1_770_000_000_000, 1, 2, 1]])
  })

  it('keeps a time as an integer', async () => {
    await open()
    await dataSource.query('CREATE TABLE times (at bigint NOT NULL)')
    const times = dataSource
      .createQueryBuilder()
      .insert()
      .into('times')
      .values({ at: 1_770_000_000_001 })
    await times.execute()
    const rows = await dataSource.query('SELECT at, typeof(at) AS type FROM times')
    expect(rows).toEqual([{ at: 1_770_000_000_001, type: 'integer' }])
  })

  it('ends a wait of a transaction for itself with a clear error', async () => {
    await open({ leaseTimeoutMs: 20 })
    const selfish = dataSource.transaction(() => insert('outside the manager'))
    await expect(selfish).rejects.toThrow(/no turn at the writer within 20 ms/)
    await insert('after')
  })

  it('answers each of several that fail in one prepared statement', async () => {
    await open({ readers: 1 })
    const overflow = () => dataSource.query('SELECT abs(-9223372036854775808) AS a')
    const results = await Promise.allSettled([overflow(), overflow(), overflow(), count()])
    expect(results.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ])
    expect(await count()).toBe(0)
  })

  it('rolls back what a released runner left open', async () => {
    await open()
    const runner = dataSource.createQueryRunner()
    await runner.startTransaction()
    await runner.manager.insert(Claims, claim('left'))
    await runner.release()
    await insert('after')
    expect((await dataSource.getRepository(Claims).find()).map(({ id }) => id)).toEqual(['after'])
  })

  it('replaces a writer whose rollback failed', async () => {
    await open()
    const failing = dataSource.transaction(async (manager) => {
      await manager.insert(Claims, claim('inside'))
      // As SQLite itself does on a full disk: the transaction ends before the caller rolls it back.
      await manager.query('ROLLBACK')
      throw new Error('undo')
    })
    await expect(failing).rejects.toThrow('undo')
    await insert('after')
    expect(await count()).toBe(1)
  })

  it.each(['each', 'all'] as const)(
    'enforces foreign keys again after a migration that failed, transaction: %s',
    async (transaction) => {
      // TypeORM says there that it failed.
      jest.spyOn(console, 'log').mockImplementation(() => {})
      await open()
      dataSource.setOptions({ migrations: [Failing1800000000000] })
      await dataSource.destroy()
      await dataSource.initialize()
      const migrating = dataSource.runMigrations({ transaction })
      await expect(migrating).rejects.toThrow('no such migration')
      await expect(dataSource.showMigrations()).resolves.toBe(true)
      const [row] = await dataSource.query<{ foreign_keys: number }[]>('PRAGMA foreign_keys')
      expect(row).toEqual({ foreign_keys: 1 })
    },
  )

  it('enforces foreign keys for whoever writes first after a migration that failed', async () => {
    await open()
    const runner = dataSource.createQueryRunner()
    await runner.beforeMigration()
    await runner.startTransaction()
    const next = dataSource.query('PRAGMA foreign_keys')
    await runner.rollbackTransaction()
    expect(await next).toEqual([{ foreign_keys: 1 }])
    await runner.release()
  })

  it('enforces foreign keys again when a migration without a transaction fails', async () => {
    await open()
    const runner = dataSource.createQueryRunner()
    await runner.beforeMigration()
    expect(await dataSource.query('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 0 }])
    await runner.release()
    expect(await dataSource.query('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }])
  })

  it('supports transactions inside transactions', async () => {
    await open()
    await dataSource.transaction(async (outer) => {
      await outer.insert(Claims, claim('outer'))
      const inner = outer.transaction(async (manager) => {
        await manager.insert(Claims, claim('inner'))
        throw new Error('undo')
      })
      await expect(inner).rejects.toThrow('undo')
    })
    expect(await count()).toBe(1)
  })
})

describe('better-sqlite3', () => {
  const installed = (): boolean => {
    try {
      return Boolean(require.resolve('better-sqlite3'))
    } catch {
      return false
    }
  }
  // It is an optional peer: a developer who installs it runs the suite over it, too.
  if (installed()) engineSuite('in a file', 'better-sqlite3', newFile)

  it('is asked for only when it is named, and missed with a clear error', async () => {
    if (installed()) return
    const dataSource = claimsFile(newFile(), { engine: 'better-sqlite3' })
    await expect(dataSource.initialize()).rejects.toMatchObject({
      code: 'ERR_SQLITE_PACKAGE',
      what: 'the package better-sqlite3 is not installed',
    })
  })
})
