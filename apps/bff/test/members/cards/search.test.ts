import type { CardSummary } from '@sealcard/protocol'
import { HOUR, wireTime } from '../../../src/core/time.js'
import { CardContent } from '../../../src/members/cards/card-content.js'
import { CardLists } from '../../../src/members/cards/card-lists.js'
import { CardEntity } from '../../../src/members/cards/card.entity.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { ROOMY } from '../../kit/config.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
let alice: string
beforeAll(async () => {
  app = await TestApp.start({ limits: { ...ROOMY, requestsPerAddressPerSecond: 1_000_000 } })
})
beforeEach(async () => {
  app.clock.advance(HOUR)
  alice = await app.login('alice')
})
afterEach(() => jest.restoreAllMocks())
afterAll(() => app.stop())

const get = (query: Record<string, string>, token = alice) =>
  app.call('GET', `/v1/cards?${new URLSearchParams(query).toString()}`, { token })
const make = async (title: string, policy = {}, token = alice): Promise<string> =>
  (await app.call('POST', '/v1/cards', { token, body: { title, body: 'B', policy } })).body.id
const titles = async (query: Record<string, string>, token = alice) =>
  (await get(query, token)).body.items.map(({ title }: CardSummary) => title)

/** Every page, to the end. */
const pages = async (query: Record<string, string>, token = alice) => {
  const all: CardSummary[][] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { status, body } = await get({ ...query, ...(cursor && { cursor }) }, token)
    expect(status).toBe(200)
    all.push(body.items)
    cursor = body.nextCursor
  }
  return all
}

describe('cards by a part of their title', () => {
  test('blanks and case apart, newest first, of nobody else', async () => {
    const bob = await app.login('bob')
    await make('Quarterly BONUS plan')
    await make('季度 奖金 方案')
    await make('Bonus for bob', {}, bob)
    await make('Ｂｏｎｕｓ')
    expect(await titles({ q: 'bonus' })).toEqual(['Ｂｏｎｕｓ', 'Quarterly BONUS plan'])
    expect(await titles({ q: 'y b onus P' })).toEqual(['Quarterly BONUS plan'])
    expect(await titles({ box: 'sent', q: '度奖' })).toEqual(['季度 奖金 方案'])
    expect(await titles({ q: '金季' })).toEqual([])
    expect(await titles({ q: '%_' })).toEqual([])
  })

  test('pages have each card once, whatever is between', async () => {
    const carol = await app.login('carol')
    const made: string[] = []
    for (let i = 0; i < 23; i++) {
      if (i % 3) await make(`other ${i}`, {}, carol)
      else made.unshift(await make(`wanted ${i}`, {}, carol))
    }
    for (const limit of ['1', '3', '8', '20']) {
      const found = await pages({ q: 'wanted', limit }, carol)
      expect(found.flat().map(({ id }) => id)).toEqual(made)
      expect(Math.max(...found.map(({ length }) => length))).toBeLessThanOrEqual(Number(limit))
    }
  })

  test.each([
    [{ q: 'a' }, 'q'],
    [{ q: 'x'.repeat(65) }, 'q'],
    [{ q: ' a ' }, 'q'],
    [{ q: '' }, 'q'],
    [{ status: 'open' }, 'status'],
    [{ box: 'received', q: 'a' }, 'q'],
    [{ box: 'received', status: 'active' }, 'status'],
    [{ title: 'ab' }, 'title'],
  ])('%j is refused and names the field', async (query, path) => {
    const answer = await get(query)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues[0].path).toBe(path)
  })

  test('a cursor is good for its own search only', async () => {
    const dora = await app.login('dora')
    for (let i = 0; i < 3; i++) await make('wanted', {}, dora)
    const { body } = await get({ q: 'wanted', limit: '1' }, dora)
    for (const query of [{ q: 'want' }, { q: 'wanted', status: 'active' }, {}]) {
      const answer = await get({ ...query, cursor: body.nextCursor }, dora)
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe('cursor')
    }
    const again = await get({ q: ' WAN TED', limit: '1', cursor: body.nextCursor }, dora)
    expect(again.body.items).toHaveLength(1)
  })

  test('a deleted card is not found', async () => {
    const id = await make('vanishing')
    expect(await titles({ q: 'vanishing' })).toEqual(['vanishing'])
    await app.call('DELETE', `/v1/cards/${id}`, { token: alice })
    expect(await titles({ q: 'vanishing' })).toEqual([])
  })
})

describe('received cards by a part of their title', () => {
  test('those that the person opened, page by page, with their sender', async () => {
    const heidi = await app.login('heidi')
    const opened: string[] = []
    for (const title of ['Quarterly BONUS', 'Lunch', '年终 Bonus', 'bonus again']) {
      const { cardId, shareId, declared } = await app.shared(alice, { title })
      expect((await app.open(heidi, shareId, wechatProof(key('heidi'), declared))).status).toBe(201)
      opened.unshift(cardId)
      app.clock.advance(1000)
    }
    await make('Bonus that nobody opened')
    const asked = { box: 'received', q: ' b onus' }
    const found = await pages({ ...asked, limit: '1' }, heidi)
    const wanted = opened.filter((_, i) => i !== 2)
    expect(found.flat().map(({ id }) => id)).toEqual(wanted)
    expect((await pages(asked, heidi)).flat().map(({ sender }) => sender?.code)).toEqual(
      Array(3).fill(expect.stringMatching(/^[0-9A-Z]{6}$/)),
    )
    expect(await titles({ q: 'bonus' }, heidi)).toEqual([])
    const { body } = await get({ ...asked, limit: '1' }, heidi)
    for (const query of [{ box: 'received' }, { q: ' b onus' }]) {
      expectProblem(await get({ ...query, cursor: body.nextCursor }, heidi), 'ERR_INPUT')
    }
  })
})

describe('cards by their status', () => {
  test('alone, with a part of the title, and page by page', async () => {
    const erin = await app.login('erin')
    const expiresAt = wireTime(app.clock.now() + 1000)
    const ids = {
      active: [await make('one a', {}, erin), await make('two a', {}, erin)],
      expired: [await make('one e', { expiresAt }, erin), await make('two e', { expiresAt }, erin)],
      revoked: [await make('one r', {}, erin), await make('two r', { expiresAt }, erin)],
    }
    for (const id of ids.revoked) await app.call('POST', `/v1/cards/${id}/revoke`, { token: erin })
    app.clock.advance(1000)
    for (const [status, made] of Object.entries(ids)) {
      const found = await pages({ status, limit: '1' }, erin)
      expect(found.flat().map((card) => [card.id, card.status])).toEqual(
        made.toReversed().map((id) => [id, status]),
      )
      expect(await titles({ status, q: 'one' }, erin)).toEqual([`one ${status[0]}`])
    }
  })
})

describe('a person with 10,000 cards', () => {
  const COUNT = 10_000
  let grace: string
  beforeAll(async () => {
    app.clock.advance(HOUR)
    grace = await app.login('grace')
    const id = await make('template', {}, grace)
    const template = await app.storage.manager.findOneByOrFail(CardEntity, { id })
    const content = app.nest.get(CardContent, { strict: false })
    const rows = Array.from({ length: COUNT - 1 }, (_, i) => {
      const name = `card-${i}`.padEnd(22, '_')
      const title = i % 1000 ? `plain ${i}` : `needle ${i}`
      return {
        ...template,
        id: name,
        ...content.seal(name, { title, body: '' }),
        createdAt: template.createdAt - 1 - i,
      }
    })
    for (let at = 0; at < rows.length; at += 500)
      await app.storage.manager.insert(CardEntity, rows.slice(at, at + 500))
  })
  beforeEach(async () => {
    grace = await app.login('grace')
  })

  test('finds the oldest by one request, in statements of 500 titles', async () => {
    const asked = jest.spyOn(app.nest.get(CardLists, { strict: false }), 'sent')
    expect(await titles({ q: 'plain 9998' }, grace)).toEqual(['plain 9998'])
    expect(asked.mock.calls.length).toBeLessThanOrEqual(COUNT / 500)
  })

  test('gets every page of what is found, each card once', async () => {
    const found = await pages({ q: 'needle', limit: '3' }, grace)
    expect(found.flat().map(({ title }) => title)).toEqual(
      Array.from({ length: 10 }, (_, i) => `needle ${i * 1000}`),
    )
  })

  test('opens no more titles than a minute allows, and others search all the same', async () => {
    app.clock.advance(60_000)
    let limited = 0
    for (let i = 0; i < 22; i++) {
      const answer = await get({ q: 'not there' }, grace)
      if (answer.status === 429) limited += 1
      else expect(answer.body.items).toEqual([])
    }
    expect(limited).toBe(2)
    const answer = await get({ q: 'not there' }, grace)
    expectProblem(answer, 'ERR_RATE_LIMITED')
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect((await get({ q: 'not there' }, alice)).status).toBe(200)
    app.clock.advance(60_000)
    expect((await get({ q: 'not there' }, grace)).status).toBe(200)
  })

  test('the lists read the owner’s index, and sort no page of all', async () => {
    const postgres = app.storage.options.type === 'postgres'
    if (postgres) await app.storage.query('ANALYZE')
    const said: string[] = []
    const log = jest.spyOn(app.storage.logger, 'logQuery').mockImplementation((sql, params) => {
      if (sql.includes('AS shared')) said.push(JSON.stringify([sql, params]))
    })
    await get({ limit: '5' }, grace)
    await get({ limit: '5', status: 'revoked' }, grace)
    log.mockRestore()
    expect(said).toHaveLength(2)
    for (const each of said) {
      const [sql, params] = JSON.parse(each) as [string, unknown[]]
      const explain = postgres ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN'
      const plan = JSON.stringify(await app.storage.query(`${explain} ${sql}`, params))
      expect(plan).toContain('ix_cards_owner')
      // PostgreSQL may sort the few cards of one status: at most one person's.
      if (!sql.includes('CASE')) expect(plan).not.toMatch(/TEMP B-TREE|Sort/)
    }
  })
})
