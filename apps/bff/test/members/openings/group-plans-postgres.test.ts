import { DAY, MINUTE } from '../../../src/core/time.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { MIGRATED, startMigratedPostgres } from '../../kit/storage/migrated-postgres.js'
import { hasPostgres, type TestPostgres } from '../../kit/storage/postgres.js'
import { TestApp } from '../../kit/test-app.js'

/** Openings of others, as many before the statistics as after them. */
const OTHERS = 20_000
const HALF_A_YEAR = 180 * DAY

/** Rows of other people, up to the moment $1, $2 ms apart; one in ten is rejected. */
const insertion = `INSERT INTO openings (id, share_id, card_id, viewer_id, session_id, outcome, reason, at)
  SELECT substr(md5($1::text || n), 1, 22), 's', 'c', substr(md5('p' || n), 1, 22), 's', CASE WHEN n % 10 = 0 THEN 'rejected' ELSE 'granted' END, 'ticket', $1::bigint - n * $2::bigint
  FROM generate_series(1, ${OTHERS}) AS series(n)`

interface Plan {
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly Plan[]
}
const steps = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(steps)]
const literal = (value: unknown): string => `'${String(value).replaceAll("'", "''")}'`

;(hasPostgres() ? describe : describe.skip)('on PostgreSQL', () => {
  let postgres: TestPostgres
  let app: TestApp
  beforeAll(async () => {
    postgres = await startMigratedPostgres()
    app = await TestApp.start({ database: postgres.database(MIGRATED) })
  })
  afterAll(async () => {
    await app.stop()
    await postgres.stop()
  })

  test('the limits read one person’s openings by that person, also when the statistics know none of the last minute', async () => {
    const { shareId, declared } = await app.shared(await app.login('owner'))
    const token = await app.login('ann')
    const log = jest.spyOn(app.storage.logger, 'logQuery')
    const body = wechatProof(key('ann'), declared, 'n1')
    const opened = await app.call('POST', `/v1/shares/${shareId}/openings`, { token, body })
    expect(opened.status).toBe(201)
    const [limits] = log.mock.calls.filter(([sql]) => /AS "opened"/.test(sql))
    log.mockRestore()
    const [sql = '', params] = limits ?? []

    const now = app.clock.now()
    // `autovacuum` must not learn of the last minute.
    await app.storage.query('ALTER TABLE openings SET (autovacuum_enabled = false)')
    await app.storage.query(insertion, [now - MINUTE, HALF_A_YEAR / OTHERS])
    await app.storage.query('ANALYZE openings')
    await app.storage.query(insertion, [now, 1])

    // As a statement without a name is planned, and as a prepared one is from its sixth run on.
    for (const mode of ['force_custom_plan', 'force_generic_plan'])
      expectByPerson(await planOf(mode, sql, params as unknown[]))
  })

  /** @param mode whether the plan is made for these parameters, or once for all */
  const planOf = async (mode: string, sql: string, params: readonly unknown[]): Promise<Plan> => {
    const runner = app.storage.createQueryRunner()
    try {
      await runner.query(`SET plan_cache_mode = ${mode}`)
      await runner.query(`PREPARE limits AS ${sql}`)
      const [row] = await runner.query(
        `EXPLAIN (FORMAT JSON) EXECUTE limits(${params.map(literal).join(', ')})`,
      )
      await runner.query('DEALLOCATE limits')
      await runner.query('RESET plan_cache_mode')
      const [{ Plan: plan }] = row['QUERY PLAN'] as [{ Plan: Plan }]
      return plan
    } finally {
      await runner.release()
    }
  }

  const expectByPerson = (plan: Plan): void => {
    const read = steps(plan).filter((step) => /^ix_openings/.test(step['Index Name'] ?? ''))
    expect(read).toHaveLength(2)
    for (const step of read) {
      expect(step['Index Name']).toBe('ix_openings_of_viewer')
      expect(step['Index Cond']).toMatch(/viewer_id.*at >/)
    }
  }
})
