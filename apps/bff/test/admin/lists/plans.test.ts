import { KnownFilters } from '../../../src/admin/lists/known-filters.js'
import { asAdmin, startAdmin } from '../../kit/admin/support.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await startAdmin()
  // The filters name nothing that is there.
  jest.spyOn(app.nest.get(KnownFilters), 'check').mockResolvedValue()
})
afterAll(() => app.stop())

const AFTER = { time: '2026-01-01T00:00:00.000Z', id: 'x' }

/** The query plans of SQLite for what a call asks of `table`, without statistics: ANALYZE did not run. */
const plans = async (path: string, table: string): Promise<string[]> => {
  const { storage } = app
  const asked: [string, unknown[]][] = []
  const logQuery = storage.logger.logQuery.bind(storage.logger)
  storage.logger.logQuery = (sql, parameters) =>
    void asked.push([sql, [...((parameters ?? []) as unknown[])]])
  const answer = await asAdmin(app, 'GET', path)
  storage.logger.logQuery = logQuery
  expect({ path, status: answer.status }).toEqual({ path, status: 200 })
  const lists = asked.filter(
    ([sql]) => sql.includes('LIMIT') && new RegExp(`FROM "?${table}`).test(sql),
  )
  expect(lists).toHaveLength(1)
  const rows = await storage.query<Step[]>(
    `EXPLAIN QUERY PLAN ${lists[0]?.[0] ?? ''}`,
    lists[0]?.[1],
  )
  // What merges several branches is at most a page of each: it may be sorted.
  const merging = rows.filter(({ detail }) => /^SCAN (merged|branch)/.test(detail))
  const merges = ({ detail, parent }: Step) =>
    /^SCAN (merged|branch)/.test(detail) ||
    (/TEMP B-TREE/.test(detail) && merging.some((scan) => scan.parent === parent))
  return rows
    .filter((row) => /SCAN|SEARCH|TEMP B-TREE/.test(row.detail) && !merges(row))
    .map(({ detail }) => detail)
}

interface Step {
  readonly parent: number
  readonly detail: string
}

describe('every list is read along an index, whatever is asked', () => {
  test.each([
    ['cards', ['ix_cards_created']],
    ['cards?app=a', ['ix_cards_app']],
    ['cards?owner=o', ['ix_cards_owner']],
    ['cards?owner=o&app=a', ['ix_cards_owner']],
    ['cards?status=revoked', ['ix_cards_revoked']],
    ['cards?status=expired', ['ix_cards_timed']],
    ['cards?status=active', ['ix_cards_endless', 'ix_cards_timed']],
    ['cards?app=a&status=revoked', ['ix_cards_app_revoked']],
    ['cards?app=a&status=expired', ['ix_cards_app_timed']],
    ['cards?app=a&status=active', ['ix_cards_app_endless', 'ix_cards_app_timed']],
    ['cards?owner=o&status=revoked', ['ix_cards_owner']],
    ['cards?owner=o&status=expired', ['ix_cards_owner']],
    ['cards?owner=o&status=active&app=a', ['ix_cards_owner', 'ix_cards_owner']],
    ['openings', ['ix_openings_order']],
    ['openings?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z', ['ix_openings_order']],
    ['openings?decision=refused', ['ix_openings_outcome']],
    ['openings?decision=refused&from=2026-01-01T00:00:00Z', ['ix_openings_outcome']],
    ['openings?viewer=v', Array<string>(3).fill('ix_openings_of_viewer')],
    ['openings?card=c', Array<string>(3).fill('ix_openings_of_card')],
    ['openings?card=c&viewer=v', Array<string>(3).fill('ix_openings_of_card')],
    ['openings?card=c&decision=granted', ['ix_openings_of_card']],
    ['openings?viewer=v&decision=granted&to=2026-01-01T00:00:00Z', ['ix_openings_of_viewer']],
    ['sessions', ['ix_sessions_created']],
    ['sessions?viewer=v', ['ix_sessions_of_viewer']],
    ['viewers', ['ix_viewers_created']],
    ['viewers?app=a', ['ix_viewers_app']],
    ['requests', ['ix_access_requests_order']],
    ['requests?card=c', ['ix_access_requests_card']],
    ['audit', ['ix_audit_entries_order']],
    ['audit?kind=opening', ['ix_audit_entries_order']],
    ['audit?kind=card.revoke', ['ix_audit_entries_kind']],
    ['audit?actor=a', ['ix_audit_entries_actor']],
    ['audit?subject=s', ['ix_audit_entries_subject']],
    ['audit?actor=a&kind=card.revoke', ['ix_audit_entries_actor_kind']],
    ['audit?actor=a&kind=opening', ['ix_audit_entries_actor']],
    ['audit?subject=s&actor=a&kind=opening', ['ix_audit_entries_subject']],
    ['audit?actor=a&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z', ['ix_audit_entries_actor']],
  ])('%s', async (path, indexes) => {
    const name = path.split('?')[0] ?? ''
    const table = { audit: 'audit_entries', requests: 'access_requests' }[name] ?? name
    const read = (await plans(path, table)).map(
      (detail) => / USING (?:COVERING )?INDEX (\w+)/.exec(detail)?.[1] ?? detail,
    )
    expect(read).toEqual(indexes)
  })

  test('the next page is found by its place and not by counting', async () => {
    const { storage } = app
    const [sql, values] = storage.driver.escapeQueryWithParameters(
      'SELECT id FROM cards WHERE (created_at, id) < (:at, :id) ORDER BY created_at DESC, id DESC LIMIT 5',
      { at: Date.parse(AFTER.time), id: AFTER.id },
    )
    const [row] = await storage.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, values)
    expect(row?.detail).toContain('ix_cards_created ((created_at,id)<(?,?))')
  })
})
