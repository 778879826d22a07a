import type { EventEmitter } from 'node:events'
import { createSqlStore } from '@sealcard/verify'
import { storeCases } from '@sealcard/verify/testing'
import { hasPostgres, startPostgres, type TestPostgres } from '../../kit/storage/postgres.js'

/** What is used of `pg`, which has no types of its own. */
interface Pool {
  query(sql: string, params?: unknown[]): Promise<{ rows: unknown[] }>
  end(): Promise<void>
  on(event: 'connect', listener: (client: EventEmitter) => void): void
}
const pg = jest.requireActual<{ Pool: new (options: object) => Pool }>('pg')

;(hasPostgres() ? describe : describe.skip)('the SQL store of @sealcard/verify', () => {
  let postgres: TestPostgres
  let pool: Pool
  const closed: Promise<unknown>[] = []

  beforeAll(async () => {
    postgres = await startPostgres()
    const config = postgres.database('postgres')
    pool = new pg.Pool({ connectionString: config.url.reveal(), max: 20 })
    pool.on('connect', (client) => closed.push(new Promise((resolve) => client.on('end', resolve))))
  })
  afterAll(async () => {
    await pool.end()
    // The pool does not wait for its sockets. A server that stops would break one.
    await Promise.all(closed)
    await postgres.stop()
  })

  const empty = async () => {
    const store = createSqlStore({
      dialect: 'postgres',
      query: async (sql, params) => (await pool.query(sql, params)).rows,
    })
    await store.setUp()
    await pool.query('TRUNCATE sealcard_shares, sealcard_revocations, sealcard_openings')
    return store
  }

  test.each(storeCases)('$title', async ({ run }) => run(await empty()))
})
