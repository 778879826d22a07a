import type { DataSource } from 'typeorm'
import { limitsOf, startOf } from '../../../src/database/postgres/limits.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import { migrate } from '../../../src/schema/migrate.js'
import { type FrontOptions, PostgresFront } from '../../kit/storage/postgres-front.js'
import { hasPostgres, startPostgres, type TestPostgres } from '../../kit/storage/postgres.js'

const NAMES = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']

test('the limits are the standard ones, or what the URL says, or the server’s own', () => {
  const url = new URL('postgres://h/d?lock_timeout=250&idle_in_transaction_session_timeout=')
  expect(limitsOf(url)).toEqual({ statement_timeout: 10_000, lock_timeout: 250 })
  expect(startOf(limitsOf(url))).toBe(
    'START TRANSACTION; SET LOCAL statement_timeout = 10000; SET LOCAL lock_timeout = 250',
  )
})

;(hasPostgres() ? describe : describe.skip)('the limits, behind a pooler', () => {
  let postgres: TestPostgres
  let front: PostgresFront | undefined
  let storage: DataSource | undefined

  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterEach(async () => {
    await storage?.destroy()
    await front?.stop()
  })
  afterAll(() => postgres.stop())

  const open = async (options: FrontOptions, query = ''): Promise<DataSource> => {
    front = await PostgresFront.open(options, postgres.database('postgres'))
    storage = await createDataSource(front.database(query)).initialize()
    return storage
  }
  const inTransaction = (source: DataSource) =>
    source.transaction(async (manager) => {
      const rows = []
      for (const name of NAMES) rows.push(...(await manager.query(`SHOW ${name}`)))
      return rows.flatMap((row: object) => Object.values(row))
    })

  const refusing = (code: string, say: (name: string) => string): FrontOptions => ({
    refuse: (parameters) => {
      const name = NAMES.find((limit) => limit in parameters)
      return name === undefined ? undefined : { code, message: say(name) }
    },
  })

  it.each([
    ['PgBouncer’s', refusing('08P01', (name) => `unsupported startup parameter: ${name}`)],
    [
      'RDS Proxy’s',
      refusing('0A000', (name) => `RDS Proxy currently doesn't support the option ${name}`),
    ],
  ])(
    'hold in every transaction where the startup packet may not ask for them: %s word',
    async (_who, options) => {
      const source = await open(options)
      expect(await migrate(source)).not.toHaveLength(0)
      expect(await inTransaction(source)).toEqual(['10s', '3s', '5s'])
      await source.query('DROP SCHEMA public CASCADE')
      await source.query('CREATE SCHEMA public')
    },
  )

  it('hold in every transaction where the pooler drops them from the startup packet', async () => {
    const source = await open({ drop: NAMES }, '?lock_timeout=1500')
    expect(await source.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '0' }])
    expect(await inTransaction(source)).toEqual(['10s', '1500ms', '5s'])
  })

  it('hold outside transactions, too, where nothing stands between', async () => {
    const source = await open({}, '?statement_timeout=20000')
    expect(await source.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '20s' }])
    expect(await inTransaction(source)).toEqual(['20s', '3s', '5s'])
  })

  it('end a transaction that says nothing, also where the packet was refused', async () => {
    const query = '?idle_in_transaction_session_timeout=200'
    const source = await open(
      refusing('08P01', (name) => `unsupported: ${name}`),
      query,
    )
    const runner = source.createQueryRunner()
    await runner.startTransaction()
    const [{ pid }] = await runner.query('SELECT pg_backend_pid() pid')
    // No statement runs in it; the server ends it.
    const gone = async () =>
      (await source.query(`SELECT 1 FROM pg_stat_activity WHERE pid = ${pid}`)).length === 0
    while (!(await gone())) await new Promise(setImmediate)
    await expect(runner.query('SELECT 1')).rejects.toThrow()
    await runner.release()
  })
})
