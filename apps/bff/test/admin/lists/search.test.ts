import { eventually, SeededRandom } from '@sealcard/testing'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { squeeze } from '../../../src/core/text.js'
import { DAY } from '../../../src/core/time.js'
import { RetentionService } from '../../../src/lifecycle/retention.service.js'
import { CardContent } from '../../../src/members/cards/card-content.js'
import { CardEntity } from '../../../src/members/cards/card.entity.js'
import { NameStore } from '../../../src/members/names/name-store.js'
import {
  CardPairEntity,
  SearchProgressEntity,
  ViewerPairEntity,
} from '../../../src/members/search/pair.entities.js'
import { SearchBackfill } from '../../../src/members/backfill/search-backfill.js'
import { SearchIndex } from '../../../src/members/search/search-index.js'
import { pairsOf } from '../../../src/members/search/searched-text.js'
import { ViewerEntity } from '../../../src/members/sessions/viewer.entity.js'
import { allPages, asAdmin, startAdmin } from '../../kit/admin/support.js'
import { ROOMY, testConfig, WECHAT, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import type { Answer, TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeEach(async () => {
  app = await startAdmin({ limits: { ...ROOMY, cardsPerPersonPerMinute: 10_000 } })
})
afterEach(() => app.stop())

const make = async (token: string, title: string, policy: object = {}): Promise<string> => {
  app.clock.advance(1000)
  const body = { title, body: 'B', policy }
  const answer = await app.call('POST', '/v1/cards', { token, body })
  expect(answer.status).toBe(201)
  return answer.body.id
}
const find = async (query: Record<string, string>): Promise<string[]> => {
  const answer = await asAdmin(app, 'GET', `cards?${new URLSearchParams(query)}`)
  expect({ query, status: answer.status }).toEqual({ query, status: 200 })
  return answer.body.items.map(({ id }: { id: string }) => id)
}
const people = async (query: Record<string, string>): Promise<string[]> => {
  const answer = await asAdmin(app, 'GET', `viewers?${new URLSearchParams(query)}`)
  expect({ query, status: answer.status }).toEqual({ query, status: 200 })
  return answer.body.items.map(({ id }: { id: string }) => id)
}
const me = async (token: string): Promise<string> =>
  (await app.call('GET', '/v1/me', { token })).body.id

/** How many pairs each row has, in the table and by its text. */
const pairsAsStored = async () => {
  const { manager } = app.storage
  const content = app.nest.get(CardContent, { strict: false })
  const cards = await manager.find(CardEntity)
  const stored = await manager.find(CardPairEntity)
  const wanted = cards.map((card) => [card.id, pairsOf(squeeze(content.listedTitle(card))).length])
  const counts = cards.map(({ id }) => [id, stored.filter(({ cardId }) => cardId === id).length])
  const strays = stored.filter(({ cardId }) => !cards.some(({ id }) => id === cardId))
  return { counts, wanted, strays: strays.length }
}
const expectInStep = async () => {
  const { counts, wanted, strays } = await pairsAsStored()
  expect(counts).toEqual(wanted)
  expect(strays).toBe(0)
}

describe('cards by a part of their titles', () => {
  test('newest first, blanks and case apart, over all apps or in one', async () => {
    const [alice, bob] = [await app.login('alice'), await app.login('bob', WECOM)]
    const first = await make(alice, '2026 年 季度奖金 分配')
    const second = await make(bob, '季度奖金说明 Q4 Bonus')
    await make(alice, '裁员名单')
    expect(await find({ q: '季度奖金' })).toEqual([second, first])
    expect(await find({ q: '季 度 奖金' })).toEqual([second, first])
    expect(await find({ q: '年季' })).toEqual([first])
    expect(await find({ q: 'q4b' })).toEqual([second])
    expect(await find({ q: 'Ｂｏｎｕｓ' })).toEqual([second])
    expect(await find({ q: '季度奖金', app: WECOM })).toEqual([second])
    expect(await find({ q: '奖金', owner: await me(alice) })).toEqual([first])
    expect(await find({ q: '奖金', status: 'revoked' })).toEqual([])
    await asAdmin(app, 'POST', `cards/${first}/revoke`, { reason: 'x' })
    expect(await find({ q: '奖金', status: 'revoked' })).toEqual([first])
    // Every pair of the text is in the title, but not side by side.
    await make(alice, 'abcb')
    expect(await find({ q: 'bcbc' })).toEqual([])
    expect(await find({ q: 'nothing of the kind' })).toEqual([])
  })

  test('an id is still an id', async () => {
    const alice = await app.login('alice')
    const { cardId, shareId } = await app.shared(alice)
    expect(await find({ q: cardId })).toEqual([cardId])
    expect(await find({ q: shareId })).toEqual([cardId])
    expect(await find({ q: await me(alice) })).toEqual([cardId])
  })

  test.each(['', 'x', '   a', 'x'.repeat(65)])(
    'too little or too much is named: "%s"',
    async (q) => {
      const answer = await asAdmin(app, 'GET', `cards?${new URLSearchParams({ q })}`)
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe('q')
    },
  )

  test('page by page the same as by reading every title', async () => {
    const random = new SeededRandom(7)
    const tokens = [await app.login('alice'), await app.login('bob', WECOM)]
    const titles = new Map<string, string>()
    for (let i = 0; i < 80; i++) {
      const length = 2 + random.below(5)
      const title = Array.from({ length }, () => random.pick(['甲', '乙', '丙', 'a', 'b'])).join('')
      titles.set(await make(random.pick(tokens), title), title)
    }
    const ids = [...titles.keys()].toReversed()
    for (const q of ['甲乙', '乙甲乙', 'ab', 'aab', '丙丙', 'ba甲']) {
      const listed = await allPages(app, `cards?${new URLSearchParams({ q })}`, 3)
      const wanted = ids.filter((id) => titles.get(id)?.includes(q))
      expect({ q, ids: listed.map(({ id }) => id) }).toEqual({ q, ids: wanted })
    }
    await expectInStep()
  })

  test('are found no more once the words are gone, and by the new words when they change', async () => {
    const alice = await app.login('alice')
    const [changed, deleted, expired] = [
      await make(alice, '旧标题'),
      await make(alice, '要删除的'),
      await make(alice, '会到期的', {
        expiresAt: new Date(app.clock.now() + 60_000).toISOString(),
      }),
    ]
    const other = await app.login('bob')
    const erased = await make(other, '要抹除的')
    const body = { title: '新标题' }
    await app.call('PATCH', `/v1/cards/${changed}`, { token: alice, body })
    expect(await find({ q: '旧标题' })).toEqual([])
    expect(await find({ q: '新标题' })).toEqual([changed])
    await expectInStep()
    await app.call('DELETE', `/v1/cards/${deleted}`, { token: alice })
    expect(await find({ q: '要删除' })).toEqual([])
    await expectInStep()
    await app.call('DELETE', '/v1/me', { token: other })
    expect(await find({ q: '要抹除' })).toEqual([])
    expect(erased).toBeDefined()
    await expectInStep()
    expect(await find({ q: '会到期' })).toEqual([expired])
    app.clock.advance(DAY)
    await app.nest.get(RetentionService, { strict: false }).run()
    expect(await find({ q: '会到期' })).toEqual([])
    await expectInStep()
    app.clock.advance(200 * DAY)
    await app.nest.get(RetentionService, { strict: false }).run()
    await expectInStep()
  })

  test('an export by words leaves no word in the audit', async () => {
    await make(await app.login('alice'), 'the secret plan')
    const file = await asAdmin(app, 'GET', 'cards/export?format=jsonl&q=secret')
    expect(file.text.trim().split('\n')).toHaveLength(3)
    const entries = await app.storage.manager.find(AuditEntryEntity)
    expect(JSON.stringify(entries)).not.toContain('secret')
  })
})

describe('people by a part of their names', () => {
  test('as others see them, and no more once the name is gone', async () => {
    const token = await app.login('oA')
    const id = await me(token)
    await app.call('PATCH', '/v1/me', { token, body: { name: '陈默 Chen' } })
    app.wecom.names.set('lin', '陈默言')
    app.clock.advance(1000)
    const lin = await me(await app.login('lin', WECOM))
    expect(await people({ q: '陈默' })).toEqual([lin, id])
    expect(await people({ q: '默 chen' })).toEqual([id])
    expect(await people({ q: '陈默', app: WECOM })).toEqual([lin])
    await app.call('PATCH', '/v1/me', { token, body: { name: '林晓' } })
    expect(await people({ q: '陈默' })).toEqual([lin])
    expect(await people({ q: '林晓' })).toEqual([id])
    await app.call('PATCH', '/v1/me', { token, body: { name: null } })
    expect(await people({ q: '林晓' })).toEqual([])
    await asAdmin(app, 'POST', `viewers/${lin}/erase`, { reason: 'x' })
    expect(await app.storage.manager.count(ViewerPairEntity)).toBe(0)
  })

  test('are not found where names are switched off, and their pairs go', async () => {
    const token = await app.login('oA')
    await app.call('PATCH', '/v1/me', { token, body: { name: '陈默' } })
    const off = await app.beside({
      apps: testConfig('').apps.map((one) => ({ ...one, names: 'off' })),
    })
    try {
      const answer = await asAdmin(off, 'GET', `viewers?${new URLSearchParams({ q: '陈默' })}`)
      expect(answer.body.items).toEqual([])
      expect(await off.nest.get(NameStore, { strict: false }).eraseOthers()).toBe(1)
      expect(await app.storage.manager.count(ViewerPairEntity)).toBe(0)
    } finally {
      await off.nest.close()
    }
  })
})

/** Whether a transaction waits for another one. */
const isWaiting = async (): Promise<boolean> => {
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`
  return (await app.storage.query<unknown[]>(waiting)).length > 0
}

describe('what the search index holds', () => {
  test('numbers that differ from app to app, and from titles to names', async () => {
    await make(await app.login('alice'), '甲乙')
    const bob = await app.login('bob', WECOM)
    await make(bob, '甲乙')
    app.wecom.names.set('cleo', '甲乙')
    await app.login('cleo', WECOM)
    const { manager } = app.storage
    const rows = [
      ...(await manager.find(CardPairEntity)),
      ...(await manager.find(ViewerPairEntity)),
    ]
    expect(new Set(rows.map(({ pair }) => pair)).size).toBe(3)
    for (const { pair } of rows) expect(Number.isSafeInteger(pair)).toBe(true)
  })

  test('an erasure that meets the job leaves no pair, not even of a revoked card', async () => {
    const alice = await app.login('alice')
    await app.call('POST', `/v1/cards/${await make(alice, '旧卡片')}/revoke`, { token: alice })
    const { manager } = app.storage
    await manager.clear(CardPairEntity)
    await manager.clear(SearchProgressEntity)
    const index = app.nest.get(SearchIndex, { strict: false })
    const addAll = index.addAll.bind(index)
    let erasing: Promise<Answer> | undefined
    jest.spyOn(index, 'addAll').mockImplementationOnce(async (...args) => {
      await addAll(...args)
      // No other transaction sees these pairs yet. The erasure waits for the job, if the database lets it begin.
      erasing = app.call('DELETE', '/v1/me', { token: alice })
      if (app.storage.options.type === 'postgres') await eventually(isWaiting)
    })
    await app.nest.get(SearchBackfill, { strict: false }).run()
    expect((await erasing)?.status).toBe(204)
    expect(await manager.count(CardPairEntity)).toBe(0)
  })

  test('what an older version wrote is found once the job has been there, also after a cut', async () => {
    const alice = await app.login('alice')
    await app.call('PATCH', '/v1/me', { token: alice, body: { name: '陈默' } })
    const ids: string[] = []
    for (let i = 0; i < 130; i++) ids.unshift(await make(alice, `旧卡片 ${i}`))
    const { manager } = app.storage
    await manager.clear(CardPairEntity)
    await manager.clear(ViewerPairEntity)
    await manager.clear(SearchProgressEntity)
    expect(await find({ q: '旧卡' })).toEqual([])
    const cut = new AbortController()
    const job = app.nest.get(SearchBackfill, { strict: false })
    const save = jest.spyOn(manager.constructor.prototype, 'upsert').mockImplementationOnce(() => {
      cut.abort()
      return Promise.reject(new Error('cut'))
    })
    await expect(job.run(cut.signal)).rejects.toThrow('cut')
    save.mockRestore()
    expect(await manager.count(CardPairEntity)).toBe(0)
    expect(await job.run()).toBe(131)
    expect(await job.run()).toBe(0)
    expect((await allPages(app, 'cards?q=旧卡', 50)).map(({ id }) => id)).toEqual(ids)
    expect(await people({ q: '陈默' })).toEqual([await me(alice)])
    await expectInStep()
    expect(await manager.countBy(ViewerEntity, { appId: WECHAT })).toBe(1)
  })
})
