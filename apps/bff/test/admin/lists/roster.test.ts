import { asAdmin, startAdmin } from '../../kit/admin/support.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await startAdmin()
})
afterAll(() => app.stop())

describe('the roster of a card, for administrators', () => {
  test('is what the owner sees, page by page, and not one line for each opening', async () => {
    const alice = await app.login('alice')
    const { cardId, shareId, declared } = await app.shared(alice)
    for (const person of ['bob', 'cleo', 'dan']) {
      const token = await app.login(person)
      for (const nonce of ['a', 'b'])
        await app.open(token, shareId, wechatProof(key(person), declared, `${person}${nonce}`))
      app.clock.advance(1000)
    }
    const own = await app.call('GET', `/v1/cards/${cardId}/openings`, { token: alice })
    const seen = await asAdmin(app, 'GET', `cards/${cardId}/roster`)
    expect(seen.status).toBe(200)
    expect(seen.body.items).toEqual(own.body.items)
    expect(seen.body.items.map(({ count }: { count: number }) => count)).toEqual([2, 2, 2])
    const first = await asAdmin(app, 'GET', `cards/${cardId}/roster?limit=2`)
    const cursor = encodeURIComponent(first.body.nextCursor)
    const rest = await asAdmin(app, 'GET', `cards/${cardId}/roster?limit=2&cursor=${cursor}`)
    expect([...first.body.items, ...rest.body.items]).toEqual(own.body.items)
    expect(rest.body.nextCursor).toBeNull()
  })

  test('of a card that is not there is not found', async () => {
    expectProblem(await asAdmin(app, 'GET', 'cards/nothing/roster'), 'ERR_NOT_FOUND')
  })
})

describe('requests for access, for administrators', () => {
  test('say who asked for which card, without the words, by card and by person', async () => {
    const alice = await app.login('alice')
    const { cardId, shareId } = await app.shared(alice)
    const other = await app.shared(alice)
    const ask = (token: string, share: string) =>
      app.call('POST', `/v1/shares/${share}/requests`, { token, body: { note: 'words-of-mine' } })
    const bob = await app.login('eve')
    const cleo = await app.login('fay')
    const me = (await app.call('GET', '/v1/me', { token: bob })).body
    for (const [token, share] of [
      [bob, shareId],
      [cleo, other.shareId],
      [bob, 'nothing'],
    ] as const) {
      expect((await ask(token, share)).status).toBe(202)
      app.clock.advance(1000)
    }
    const all = await asAdmin(app, 'GET', 'requests')
    expect(all.status).toBe(200)
    expect(all.text).not.toContain('words-of-mine')
    expect(all.body.items).toHaveLength(3)
    expect(all.body.items[0]).toMatchObject({ card: null, share: { id: 'nothing' } })
    const ofCard = (await asAdmin(app, 'GET', `requests?card=${cardId}`)).body.items
    expect(ofCard).toMatchObject([
      { viewer: { id: me.id, code: me.code }, card: { id: cardId }, dismissedAt: null },
    ])
    const ofBob = (await asAdmin(app, 'GET', `requests?viewer=${me.id}`)).body.items
    expect(ofBob.map(({ share }: { share: { id: string } }) => share.id)).toEqual([
      'nothing',
      shareId,
    ])
    const both = await asAdmin(app, 'GET', `requests?viewer=${me.id}&card=${other.cardId}`)
    expect(both.body.items).toEqual([])
    expectProblem(await asAdmin(app, 'GET', 'requests?card=nothing'), 'ERR_INPUT')
    expectProblem(await asAdmin(app, 'GET', 'requests?viewer=nothing'), 'ERR_INPUT')
  })
})
