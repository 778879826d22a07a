import { InstantTimers } from '@sealcard/testing'
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm'
import type { PgClient } from '../../src/database/postgres/limits.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { hasPostgres, startPostgres, type TestPostgres } from '../kit/storage/postgres.js'

/** A statement may take a second, and a connection be silent for two and a half more; a migration takes longer. */
const LIMITS = 'statement_timeout=1000&lock_timeout=300'
const SILENT_MS = 3_500
const LONG_S = 4

let runs = 0
let began: () => void = () => {}

class Long1700000000000 implements MigrationInterface {
  name = 'Long1700000000000'

  async up(runner: QueryRunner): Promise<void> {
    runs += 1
    began()
    await runner.query(`SELECT pg_sleep(${LONG_S})`)
  }

  async down(): Promise<void> {}
}

class Cancelled1700000000000 implements MigrationInterface {
  name = 'Cancelled1700000000000'

  async up(runner: QueryRunner): Promise<void> {
    runs += 1
    await runner.query('SET LOCAL statement_timeout = 1')
    await runner.query('SELECT pg_sleep(60)')
  }

  async down(): Promise<void> {}
}

;(hasPostgres() ? describe : describe.skip)('a migration of a large PostgreSQL database', () => {
  let postgres: TestPostgres
  const open: DataSource[] = []

  const start = async (
    migration: new () => MigrationInterface,
    name = 'postgres',
  ): Promise<DataSource> => {
    const schema = { entities: [], migrations: [migration], poolSize: 1 }
    const source = createDataSource(postgres.database(`${name}?${LIMITS}`), schema)
    open.push(source)
    return source.initialize()
  }
  beforeAll(async () => {
    postgres = await startPostgres()
    const unlimited = { entities: [], migrations: [], statementTimeoutMs: 0 }
    const server = createDataSource(postgres.database('postgres'), unlimited)
    await server.initialize()
    await server.query('CREATE DATABASE another')
    await server.destroy()
  })
  afterAll(() => postgres?.stop())
  beforeEach(() => {
    runs = 0
  })
  afterEach(async () => {
    jest.restoreAllMocks()
    for (const source of open.splice(0)) await source.destroy()
  })

  it('has no time limit, runs once, and another process waits for it', async () => {
    const [one, other] = [await start(Long1700000000000), await start(Long1700000000000)]
    const begun = new Promise<void>((resolve) => (began = resolve))
    const [first, second] = [new InstantTimers(), new InstantTimers()]
    const migrating = migrate(one, first)
    await Promise.race([begun, migrating])
    expect(await Promise.all([migrating, migrate(other, second)])).toEqual([
      ['Long1700000000000'],
      [],
    ])
    expect({ runs, tries: [first.slept, second.slept] }).toEqual({ runs: 1, tries: [[], []] })
  })

  it('leaves its connection with the limits of all others', async () => {
    const source = await start(Long1700000000000)
    const runner = source.createQueryRunner()
    const { connection } = (await runner.connect()) as PgClient
    await runner.release()
    await migrate(source, new InstantTimers())
    expect(connection.stream).toMatchObject({ timeout: SILENT_MS, destroyed: false })
    const limits = "SELECT setting FROM pg_settings WHERE name ~ '^(lock|statement)_timeout$'"
    expect(await source.query(`${limits} ORDER BY name`)).toEqual([
      { setting: '300' },
      { setting: '1000' },
    ])
  })

  it('is not started again after a cancel', async () => {
    const source = await start(Cancelled1700000000000, 'another')
    const timers = new InstantTimers()
    // TypeORM says so there.
    jest.spyOn(console, 'log').mockImplementation(() => {})
    await expect(migrate(source, timers)).rejects.toMatchObject({ code: '57014' })
    expect({ runs, tries: timers.slept }).toEqual({ runs: 1, tries: [] })
  })
})
