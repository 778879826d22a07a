import { TIMERS, type Timers } from '../../../src/core/ports/timers.js'
import { RetentionService } from '../../../src/lifecycle/retention.service.js'
import { key } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
let alice: string
beforeAll(async () => {
  app = await TestApp.start()
  alice = await app.login('alice')
})
afterAll(() => app.stop())

const post = (token: string, name: string, body: object) =>
  app.call('POST', '/v1/cards', { token, body, headers: { 'idempotency-key': name } })
const card = { title: 'T', body: 'B', policy: { maxViewers: 2, watermark: true } }
const cards = async (token: string) =>
  (await app.call('GET', '/v1/cards?limit=100', { token })).body.items.length

describe('D5 Idempotency-Key', () => {
  test('D5 100 at once make one card and give 100 equal answers', async () => {
    const before = await cards(alice)
    const answers = await Promise.all(Array.from({ length: 100 }, () => post(alice, 'k1', card)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await cards(alice)).toBe(before + 1)
  })

  test('D5 from two processes', async () => {
    const beside = await app.beside()
    const both = [app, beside]
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        (both[i % 2] ?? app).call('POST', '/v1/cards', {
          token: alice,
          body: card,
          headers: { 'idempotency-key': 'two' },
        }),
      ),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    await beside.nest.close()
  })

  test('D5 another body is a conflict; another spelling of the same body is not', async () => {
    const first = await post(alice, 'k2', card)
    const again = { policy: { watermark: true, maxViewers: 2 }, body: 'B', title: 'T' }
    expect((await post(alice, 'k2', again)).body.id).toBe(first.body.id)
    for (const other of [
      { ...card, title: 'U' },
      { ...card, body: '' },
      { ...card, policy: { maxViewers: 3, watermark: true } },
    ]) {
      expect(await post(alice, 'k2', other)).toMatchObject({
        status: 409,
        body: { code: 'ERR_IDEMPOTENCY' },
      })
    }
  })

  test('D5 keys of different people do not meet', async () => {
    const bob = await app.login('bob')
    expect((await post(bob, 'k1', { title: 'X', body: 'Y' })).status).toBe(201)
  })

  test('D5 a restart forgets none', async () => {
    const first = await post(alice, 'k3', card)
    app = await app.restart()
    expect((await post(alice, 'k3', card)).body.id).toBe(first.body.id)
  })

  test('D5 a key is kept for more than a day, whatever the jobs erase', async () => {
    const first = await post(alice, 'day', card)
    const retention = () => app.nest.get(RetentionService, { strict: false })
    for (const hours of [23, 1, 23]) {
      app.clock.advance(hours * 3_600_000)
      await retention().run()
      expect((await post(alice, 'day', card)).body.id).toBe(first.body.id)
      expect((await post(alice, 'day', { ...card, title: 'U' })).status).toBe(409)
    }
    app.clock.advance(3_600_000)
    await retention().run()
    expect((await post(alice, 'day', card)).body.id).not.toBe(first.body.id)
  })

  test('D5 a card that had expired long before it was made outlives its key, and then it goes', async () => {
    // Away from the cards that were made in the same millisecond.
    app.clock.advance(1000)
    alice = await app.login('alice')
    const start = app.clock.now()
    const expiresAt = new Date(start - 400 * 86_400_000).toISOString()
    const dead = { title: 'T', body: 'B', policy: { expiresAt } }
    const send = () => post(alice, 'dead', dead)
    const first = await send()
    expect(first).toMatchObject({ status: 201, body: { status: 'expired' } })
    const after = async (hours: number) => {
      app.clock.set(start + hours * 3_600_000)
      await app.nest.get(RetentionService, { strict: false }).run()
      const { id } = first.body
      return (await app.storage.query('SELECT id FROM cards WHERE id = ?', [id])).length
    }
    for (const hours of [0, 24, 47]) {
      expect(await after(hours)).toBe(1)
      const again = await send()
      expect([again.status, again.body.id]).toEqual([201, first.body.id])
      expect((await post(alice, 'dead', { ...dead, title: 'U' })).status).toBe(409)
    }
    expect(await after(71)).toBe(1)
    expect(await after(72)).toBe(0)
    alice = await app.login('alice')
    const another = await send()
    expect(another.status).toBe(201)
    expect(another.body.id).not.toBe(first.body.id)
  })

  test('D5 100 at once from two processes answer with the same card, also when it is revoked during them', async () => {
    const beside = await app.beside()
    const send = (i: number) =>
      (i % 2 ? app : beside).call('POST', '/v1/cards', {
        token: alice,
        body: card,
        headers: { 'idempotency-key': 'gone' },
      })
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => send(i)))
    const ids = new Set(answers.map(({ body }) => body.id))
    expect(ids.size).toBe(1)
    await app.call('POST', `/v1/cards/${[...ids][0]}/revoke`, { token: alice })
    expect((await send(1)).body).toMatchObject({ id: [...ids][0], status: 'revoked' })
    await beside.nest.close()
  })

  test('D5 without a key each request makes a card', async () => {
    const make = () => app.call('POST', '/v1/cards', { token: alice, body: card })
    expect((await make()).body.id).not.toBe((await make()).body.id)
  })
})

describe('sharing', () => {
  test('two requests at once ask the platform once', async () => {
    const { body } = await app.call('POST', '/v1/cards', { token: alice, body: card })
    app.wechat.declared = 0
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        app.call('POST', `/v1/cards/${body.id}/shares`, { token: alice }),
      ),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
    expect(app.wechat.declared).toBe(1)
  })

  test('a card revoked while the platform was asked is not shared', async () => {
    const { body } = await app.call('POST', '/v1/cards', { token: alice, body: card })
    app.wechat.onDeclare = async () => {
      await app.call('POST', `/v1/cards/${body.id}/revoke`, { token: alice })
    }
    const answer = await app.call('POST', `/v1/cards/${body.id}/shares`, { token: alice })
    app.wechat.onDeclare = async () => {}
    expect(answer.body.code).toBe('ERR_CARD_REVOKED')
    expect(await app.storage.query('SELECT id FROM shares WHERE card_id = ?', [body.id])).toEqual(
      [],
    )
  })
})

describe('a share whose declaration takes longer than its turn', () => {
  const LONG = 10 * 60_000
  /** Declared by tests before. */
  let before = 0
  const share = (cardId: string) => app.call('POST', `/v1/cards/${cardId}/shares`, { token: alice })
  const make = async (): Promise<string> =>
    (await app.call('POST', '/v1/cards', { token: alice, body: card })).body.id
  /** While the first declaration is under way, its time runs out and `then` happens. */
  const meanwhile = (then: () => Promise<unknown>) => {
    before = app.wechat.declared
    app.wechat.onDeclare = async () => {
      app.wechat.onDeclare = async () => {}
      app.clock.advance(LONG)
      await then()
    }
  }
  beforeEach(async () => {
    alice = await app.login('alice')
  })

  test('answers with the share of the request that took it over', async () => {
    const cardId = await make()
    let other: unknown
    meanwhile(async () => (other = (await share(cardId)).body))
    const answer = await share(cardId)
    expect(answer).toMatchObject({ status: 201, body: other })
    expect(app.wechat.declared - before).toBe(2)
    const rows = await app.storage.query('SELECT id FROM shares WHERE card_id = ?', [cardId])
    expect(rows).toEqual([{ id: answer.body.id }])
  })

  test('declares once more when the request that took it over failed', async () => {
    const cardId = await make()
    meanwhile(async () => {
      app.wechat.down = true
      expect((await share(cardId)).status).toBe(503)
      app.wechat.down = false
    })
    expect((await share(cardId)).status).toBe(201)
    expect(app.wechat.declared - before).toBe(2)
  })

  test('gets a 503 while the request that took it over still runs', async () => {
    const cardId = await make()
    const sleep = jest.spyOn(app.nest.get<Timers>(TIMERS, { strict: false }), 'sleep')
    sleep.mockResolvedValue(undefined)
    // As late as a turn of 20 s can end, by a clock that is a minute ahead.
    const until = app.clock.now() + LONG + 80_000
    meanwhile(() =>
      app.storage.query(
        "UPDATE cards SET share_lease = 'another', share_lease_until = ? WHERE id = ?",
        [until, cardId],
      ),
    )
    const answer = await share(cardId)
    sleep.mockRestore()
    expect(answer).toMatchObject({ status: 503, body: { code: 'ERR_PLATFORM_UNAVAILABLE' } })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    app.clock.set(until)
    expect((await share(cardId)).status).toBe(201)
  })

  test('waits for no request that took its turn while the clock was ahead', async () => {
    const cardId = await make()
    for (const until of [app.clock.now() + 80_001, app.clock.now() + 30 * 86_400_000]) {
      await app.storage.query(
        "UPDATE cards SET share_lease = 'another', share_lease_until = ? WHERE id = ?",
        [until, cardId],
      )
      await app.storage.query('DELETE FROM shares')
      expect((await share(cardId)).status).toBe(201)
    }
  })

  test('says that the card is revoked when it is', async () => {
    const cardId = await make()
    meanwhile(async () => {
      expect((await share(cardId)).status).toBe(201)
      await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    })
    expect(await share(cardId)).toMatchObject({ status: 410, body: { code: 'ERR_CARD_REVOKED' } })
  })
})

describe('D4 a dead platform', () => {
  test('503 with Retry-After, and nothing half done', async () => {
    const { body } = await app.call('POST', '/v1/cards', { token: alice, body: card })
    const count = async () =>
      (
        await app.storage.query(
          'SELECT (SELECT count(*) FROM shares) s, (SELECT count(*) FROM sessions) l, (SELECT count(*) FROM audit_entries) a',
        )
      )[0]
    const before = await count()
    app.wechat.down = true
    const login = await app.call('POST', '/v1/sessions', {
      body: { app: 'acme-wechat', code: `x|${key('x')}` },
    })
    const share = await app.call('POST', `/v1/cards/${body.id}/shares`, { token: alice })
    for (const answer of [login, share]) {
      expect(answer).toMatchObject({ status: 503, body: { code: 'ERR_PLATFORM_UNAVAILABLE' } })
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    }
    expect(await count()).toEqual(before)
    app.wechat.down = false
    expect((await app.call('POST', `/v1/cards/${body.id}/shares`, { token: alice })).status).toBe(
      201,
    )
  })
})
