import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import type { CardEntity } from '../../../src/members/cards/card.entity.js'
import { statusOf } from '../../../src/members/cards/card.view.js'
import { manyRows } from '../../kit/admin/many-rows.js'
import { allPages, asAdmin, startAdmin } from '../../kit/admin/support.js'
import { WECHAT } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import type { TestApp } from '../../kit/test-app.js'

const COUNT = 120

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
const query = (fields: Record<string, string | undefined>) =>
  new URLSearchParams(
    Object.entries(fields).filter((one): one is [string, string] => one[1] !== undefined),
  ).toString()

/** Every choice of the given values, each of which may be left out. */
const combinations = (fields: Record<string, string[]>): Record<string, string | undefined>[] =>
  Object.entries(fields).reduce<Record<string, string | undefined>[]>(
    (all, [name, values]) =>
      all.flatMap((one) => [undefined, ...values].map((value) => ({ ...one, [name]: value }))),
    [{}],
  )

export const listSuite = () => {
  let app: TestApp
  let rows: Awaited<ReturnType<typeof manyRows>>
  let owner: string
  let card: string

  beforeAll(async () => {
    app = await startAdmin()
    rows = await manyRows(app, COUNT)
    owner = rows.people[0] ?? ''
    card = rows.openings.find(({ cardId }) => cardId !== null)?.cardId ?? ''
  })
  afterAll(() => app.stop())

  /** Every combination of filters gives what the rows say, once each, newest first. */
  const compare = async <T extends { id: string }>(
    path: string,
    all: readonly T[],
    timeOf: (row: T) => number,
    choices: Record<string, string | undefined>[],
    fits: (row: T, choice: Record<string, string | undefined>) => boolean,
  ) => {
    const times = new Map(all.map((row) => [row.id, timeOf(row)]))
    for (const choice of choices) {
      const items = await allPages(app, `${path}?${query(choice)}`, 17)
      const wanted = all.filter((row) => fits(row, choice))
      expect({ choice, ids: ids(items).sort() }).toEqual({ choice, ids: ids(wanted).sort() })
      const order = ids(items).map((id) => times.get(id) ?? 0)
      expect(order).toEqual([...order].sort((a, b) => b - a))
    }
  }

  test('cards by every combination of filters, page by page', async () => {
    const choices = combinations({
      app: [WECHAT],
      owner: [owner],
      status: ['active', 'expired', 'revoked'],
    })
    const now = app.clock.now()
    await compare(
      'cards',
      rows.cards,
      (one: CardEntity) => one.createdAt,
      choices,
      (one, by) =>
        [
          by['app'] === undefined || one.appId === by['app'],
          by['owner'] === undefined || one.ownerId === by['owner'],
          by['status'] === undefined || statusOf(one, now) === by['status'],
        ].every(Boolean),
    )
  })

  test('openings by every combination of filters, page by page', async () => {
    const at = (ms: number) => new Date(ms).toISOString()
    const choices = combinations({
      card: [card],
      viewer: [owner],
      decision: ['granted', 'rejected'],
      from: [at(rows.start - 20 * 60_000)],
      to: [at(rows.start - 60_000)],
    })
    await compare(
      'openings',
      rows.openings,
      (one) => one.at,
      choices,
      (one, by) =>
        [
          by['card'] === undefined || one.cardId === by['card'],
          by['viewer'] === undefined || one.viewerId === by['viewer'],
          by['decision'] === undefined || one.outcome === by['decision'],
          by['from'] === undefined || one.at >= Date.parse(by['from']),
          by['to'] === undefined || one.at < Date.parse(by['to']),
        ].every(Boolean),
    )
  })

  test('sessions, of all people and of one person', async () => {
    await compare(
      'sessions',
      rows.sessions,
      (one) => one.createdAt,
      combinations({ viewer: [owner] }),
      (one, by) => by['viewer'] === undefined || one.viewerId === by['viewer'],
    )
    const { body } = await asAdmin(app, 'GET', `sessions?viewer=${owner}&limit=200`)
    for (const one of body.items) {
      const row = rows.sessions.find(({ id }) => id === one.id)
      expect(one.live).toBe(row?.endedAt === null && app.clock.now() < row.expiresAt)
      expect(Object.keys(one)).not.toContain('tokenHash')
    }
  })

  test('the audit by every combination of filters, page by page', async () => {
    const entries = (await app.storage.manager.find(AuditEntryEntity)).map((one) => ({
      ...one,
      id: `${one.chainId}:${one.seq}`,
    }))
    const middle = rows.start + 3
    const choices = combinations({
      kind: ['opening', 'card.revoke'],
      actor: [owner],
      subject: [card],
      from: [new Date(middle).toISOString()],
      to: [new Date(middle + 2).toISOString()],
    })
    for (const by of choices) {
      const items = await allPages(app, `audit?${query(by)}`, 23)
      const wanted = entries.filter((one) =>
        [
          by['kind'] === undefined || one.kind === by['kind'],
          by['actor'] === undefined || one.actor === by['actor'],
          by['subject'] === undefined || one.subject === by['subject'],
          by['from'] === undefined || one.at >= middle,
          by['to'] === undefined || one.at < middle + 2,
        ].every(Boolean),
      )
      expect({ by, n: items.length }).toEqual({ by, n: wanted.length })
      const told = items.map(({ chainId, seq }) => `${String(chainId)}:${String(seq)}`)
      expect(told.sort()).toEqual(ids(wanted).sort())
    }
  })

  test('a card is found by its own id, its owner’s, and an opening’s; with the other filters', async () => {
    const one = rows.cards[0] as CardEntity
    const found = async (fields: Record<string, string>) =>
      ids(await allPages(app, `cards?${query(fields)}`, 200))
    expect(await found({ q: one.id })).toEqual([one.id])
    const opening = rows.openings.find(({ cardId }) => cardId === card)
    expect(await found({ q: opening?.id ?? '' })).toEqual([card])
    const own = rows.cards.filter(({ ownerId }) => ownerId === owner)
    expect((await found({ q: owner })).sort()).toEqual(ids(own).sort())
    expect(await found({ q: one.id, owner: one.ownerId, app: one.appId })).toEqual([one.id])
    const other = rows.people.find((person) => person !== one.ownerId) ?? ''
    expect(await found({ q: one.id, owner: other })).toEqual([])
    expect(await found({ q: one.ownerId, owner: other })).toEqual([])
    expect(await found({ q: 'nobody' })).toEqual([])
  })

  test('the order is stable while rows come in, and no row comes twice or is lost', async () => {
    const first = await asAdmin(app, 'GET', 'cards?limit=10')
    await app.shared(await app.login('newcomer'))
    const cursor = encodeURIComponent(first.body.nextCursor)
    const second = await asAdmin(app, 'GET', `cards?limit=10&cursor=${cursor}`)
    const again = await asAdmin(app, 'GET', `cards?limit=10&cursor=${cursor}`)
    expect(second.text).toBe(again.text)
    const whole = rows.cards
    const seen = [...ids(first.body.items), ...ids(second.body.items)]
    expect(new Set(seen).size).toBe(20)
    const last = whole.find(({ id }) => id === seen.at(-1))?.createdAt ?? 0
    const newer = whole.filter(({ createdAt }) => createdAt > last)
    for (const { id } of newer) expect(seen).toContain(id)
  })

  test('a cursor is good for its own list and filters only', async () => {
    const cursors = await Promise.all(
      ['cards', 'cards?app=acme-wechat', 'openings', 'sessions', 'audit'].map(
        async (path) =>
          (await asAdmin(app, 'GET', `${path}${path.includes('?') ? '&' : '?'}limit=1`)).body
            .nextCursor as string,
      ),
    )
    const lists = ['cards?', 'cards?app=acme-wechat&', 'openings?', 'sessions?', 'audit?']
    for (const [i, cursor] of cursors.entries()) {
      for (const [j, list] of lists.entries()) {
        const answer = await asAdmin(app, 'GET', `${list}cursor=${encodeURIComponent(cursor)}`)
        if (i === j) expect(answer.status).toBe(200)
        else {
          expectProblem(answer, 'ERR_INPUT')
          expect(answer.body.issues[0].path).toBe('cursor')
        }
      }
    }
  })

  test.each([
    ['cards?limit=0', 'limit'],
    ['cards?limit=201', 'limit'],
    ['openings?limit=1e3', 'limit'],
    ['audit?limit=', 'limit'],
    ['cards?status=open', 'status'],
    ['cards?title=x', 'title'],
    ['cards?q=x', 'q'],
    ['cards?owner=a&owner=b', 'owner'],
    ['cards?app=%00', 'app'],
    ['cards?app=', 'app'],
    ['stats?app=%00', 'app'],
    ['openings?decision=all', 'decision'],
    ['openings?from=yesterday', 'from'],
    ['openings?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
    ['openings?offset=10', 'offset'],
    ['sessions?token=x', 'token'],
    ['audit?kind=%25', 'kind'],
    ['audit?actor=%0a', 'actor'],
    ['audit?__proto__=1', '__proto__'],
    ['audit?cursor=x', 'cursor'],
  ])('GET %s names the field', async (path, field) => {
    const answer = await asAdmin(app, 'GET', path)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues[0].path).toBe(field)
  })
}
