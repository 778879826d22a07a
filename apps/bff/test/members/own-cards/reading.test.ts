import type { Policy, RefusedOpening } from '@sealcard/protocol'
import { RefusedOpeningPage } from '@sealcard/protocol'
import { DAY, HOUR, wireTime } from '../../../src/core/time.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
let alice: string
beforeAll(async () => {
  app = await TestApp.start()
})
beforeEach(async () => {
  app.clock.advance(HOUR)
  alice = await app.login('alice')
})
afterAll(() => app.stop())

const later = (ms: number) => wireTime(app.clock.now() + ms)
const make = async (policy: Policy = {}): Promise<string> =>
  (
    await app.call('POST', '/v1/cards', {
      token: alice,
      body: { title: 'T', body: 'B', policy },
    })
  ).body.id
const share = (id: string) => app.call('POST', `/v1/cards/${id}/shares`, { token: alice })
const read = async (id: string) => (await app.call('GET', `/v1/cards/${id}`, { token: alice })).body

describe('until when a card can be read', () => {
  test('is its end or its last verify window, whichever comes first', async () => {
    const endless = await make()
    expect(await read(endless)).not.toHaveProperty('readableUntil')
    const { verifyUntil } = (await share(endless)).body
    expect((await read(endless)).readableUntil).toBe(verifyUntil)
    app.clock.advance(7 * DAY)
    alice = await app.login('alice')
    const last = (await share(endless)).body
    expect(last.verifyUntil).not.toBe(verifyUntil)
    expect((await read(endless)).readableUntil).toBe(last.verifyUntil)
    const expiresAt = later(DAY)
    const short = await make({ expiresAt })
    expect((await read(short)).readableUntil).toBe(expiresAt)
    await share(short)
    expect((await read(short)).readableUntil).toBe(expiresAt)
    const long = await make({ expiresAt: later(365 * DAY) })
    const shared = (await share(long)).body
    expect((await read(long)).readableUntil).toBe(shared.verifyUntil)
  })

  test('is nothing once the last verify window is over', async () => {
    const endless = await make()
    const { verifyUntil } = (await share(endless)).body
    app.clock.set(Date.parse(verifyUntil))
    alice = await app.login('alice')
    const card = await read(endless)
    expect(card).toMatchObject({ status: 'active' })
    expect(card).not.toHaveProperty('readableUntil')
  })

  test('is nothing of a card that is over', async () => {
    const expired = await make({ expiresAt: later(1000) })
    const revoked = await make({ expiresAt: later(DAY) })
    await app.call('POST', `/v1/cards/${revoked}/revoke`, { token: alice })
    app.clock.advance(1000)
    for (const id of [expired, revoked]) expect(await read(id)).not.toHaveProperty('readableUntil')
  })
})

describe('the list of what was sent', () => {
  test('says which cards their owner was about to send', async () => {
    const [never, once] = [await make(), await make()]
    await share(once)
    const { items } = (await app.call('GET', '/v1/cards?limit=2', { token: alice })).body
    expect(items.map(({ id, shared }: { id: string; shared: boolean }) => [id, shared])).toEqual([
      [once, true],
      [never, false],
    ])
  })
})

describe('who came too late', () => {
  const refusals = async (id: string, query = '') => {
    const answer = await app.call('GET', `/v1/cards/${id}/refusals${query}`, { token: alice })
    expect(answer.status).toBe(200)
    expect(RefusedOpeningPage.safeParse(answer.body).error).toBeUndefined()
    return answer.body as { items: RefusedOpening[]; nextCursor: string | null }
  }
  const late = async (policy: Policy) => {
    const { cardId, shareId, declared } = await app.shared(alice, { policy })
    let n = 0
    const open = async (name: string) => {
      const token = await app.login(name)
      return app.open(token, shareId, wechatProof(key(name), declared, `${cardId}${(n += 1)}`))
    }
    return { cardId, shareId, open }
  }
  const named = async (name: string, called: string) => {
    const token = await app.login(name)
    await app.call('PATCH', '/v1/me', { token, body: { name: called } })
  }

  test('is told by name, with the time and the cause, newest first', async () => {
    await named('bob', '陈默')
    const { cardId, shareId, open } = await late({
      expiresAt: later(HOUR),
      maxViewers: 1,
      maxOpensPerViewer: 1,
    })
    expect((await open('bob')).status).toBe(201)
    app.clock.advance(1)
    expectProblem(await open('bob'), 'ERR_VIEW_LIMIT')
    const used = app.clock.now()
    app.clock.advance(HOUR)
    expectProblem(await open('bob'), 'ERR_CARD_EXPIRED')
    app.clock.advance(1)
    alice = await app.login('alice')
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    expectProblem(await open('carol'), 'ERR_CARD_REVOKED')
    const { items } = await refusals(cardId)
    const share = { id: shareId }
    expect(items).toMatchObject([
      { reason: 'card_revoked', share },
      { viewer: { name: '陈默', nameFrom: 'self' }, reason: 'card_expired', share },
      { viewer: { name: '陈默' }, reason: 'view_limit', at: wireTime(used), share },
    ])
    expect(items[0]?.viewer).not.toHaveProperty('name')
  })

  test('leaves out who proved nothing: their number is all that the owner gets', async () => {
    const { cardId, shareId, open } = await late({})
    const eve = await app.login('eve')
    await app.open(eve, shareId, { encryptedData: 'AAAA', iv: 'AAAA' })
    await app.open(eve, shareId, { encryptedData: '', iv: '' })
    expect((await open('bob')).status).toBe(201)
    expect(await refusals(cardId)).toEqual({ items: [], nextCursor: null })
    expect((await read(cardId)).openings.refused).toBe(2)
  })

  test('comes in pages, each refusal once', async () => {
    const { cardId, open } = await late({ maxViewers: 1 })
    for (const name of ['bob', 'carol', 'dave', 'erin', 'frank']) await open(name)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Awaited<ReturnType<typeof refusals>> = await refusals(
        cardId,
        `?limit=1${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...page.items.map(({ viewer }) => viewer.id))
      cursor = page.nextCursor
    }
    expect([seen.length, new Set(seen).size]).toEqual([4, 4])
  })

  test('is for the card’s owner only', async () => {
    const { cardId } = await late({})
    const bob = await app.login('bob')
    for (const id of [cardId, 'A'.repeat(22)])
      expectProblem(
        await app.call('GET', `/v1/cards/${id}/refusals`, { token: bob }),
        'ERR_NOT_FOUND',
      )
  })
})
