import { ProofSources } from '../../../src/members/openings/proof-sources.js'
import { SessionRepository } from '../../../src/members/sessions/session.repository.js'
import { EachTest, MigratedFiles } from '../../kit/opening-databases.js'
import { bad, good } from '../../kit/opening-world.js'

/** Tables that grow with use. */
const LARGE = /^SCAN (o|p|v|s|k|openings|proofs|cards|sessions|viewers|card_viewers|audit_\w+)\b/

describe('the statements of a group', () => {
  const files = new MigratedFiles()
  beforeAll(() => files.prepare())
  afterAll(() => files.remove())
  const each = new EachTest((like) => files.open(like))

  test('each finds its rows by an index, and the limits read those of one window only', async () => {
    const world = await each.begin({ rejectedProofsPerSession: 2 })
    const asked = jest.spyOn(each.storage.logger, 'logQuery')
    await world.words(
      world.attempt('ann', good('a', 'card')),
      world.attempt('bob', bad('b', 'card')),
      world.attempt('bob', bad('c', 'card')),
    )
    const nobody = {} as never
    await new SessionRepository(each.storage, world.clock).findByToken('ann')
    await new ProofSources(each.storage, nobody, nobody).of('nothing', 'nobody')
    const statements = asked.mock.calls.filter(([sql]) => /jsonb?_each/.test(sql))
    asked.mockRestore()
    const plans = new Map<string, string[]>()
    for (const [sql, params] of statements) {
      const steps = await each.storage.query<{ detail: string }[]>(
        `EXPLAIN QUERY PLAN ${sql}`,
        params as unknown[],
      )
      plans.set(
        sql,
        steps.map(({ detail }) => detail),
      )
    }
    // Sessions, cards, proofs, views and limits in one; openings, proofs, views, counters, sessions; the audit; the guard and
    // the proofs.
    expect(plans.size).toBe(1 + 5 + 1 + 2)
    const details = [...plans.values()].flat()
    expect(details.filter((detail) => LARGE.test(detail))).toEqual([])
    const limits = details.filter((detail) => / ix_openings_/.test(detail))
    expect(limits.sort()).toEqual([
      'SEARCH o USING INDEX ix_openings_of_viewer (viewer_id=? AND outcome=? AND at>? AND at<?)',
      'SEARCH o USING INDEX ix_openings_of_viewer (viewer_id=? AND outcome=? AND at>? AND at<?)',
      'SEARCH o USING INDEX ix_openings_session (session_id=? AND at>?)',
    ])
  })
})
