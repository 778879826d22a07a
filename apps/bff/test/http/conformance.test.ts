import { Card, CardPage, Opening, Session, Share, ViewerOpeningsPage } from '@sealcard/protocol'
import { TIMERS, type Timers } from '../../src/core/ports/timers.js'
import { WECHAT } from '../kit/config.js'
import { expectProblem } from '../kit/expect-problem.js'
import { key, wechatProof } from '../kit/proofs.js'
import { TestApp } from '../kit/test-app.js'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what the document promises
type Json = any

let app: TestApp
let alice: string
let bob: string

beforeAll(async () => {
  app = await TestApp.start()
  alice = await app.login('alice')
  bob = await app.login('bob')
})
afterAll(() => app.stop())

const long = (n: number) => 'x'.repeat(n)
const card = { title: 'T', body: 'B', policy: {} }

describe('what is wrong before the body is read', () => {
  test('too large', async () => {
    const body = { ...card, body: long(70_000) }
    expectProblem(await app.call('POST', '/v1/cards', { token: alice, body }), 'ERR_TOO_LARGE')
  })

  test.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
  ])('%s', async (type) => {
    const answer = await app.call('POST', '/v1/cards', {
      token: alice,
      body: 'title=x',
      headers: { 'content-type': type },
    })
    expectProblem(answer, 'ERR_MEDIA_TYPE')
  })

  test('a charset does no harm', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    expect(
      (await app.call('POST', '/v1/cards', { token: alice, body: card, headers })).status,
    ).toBe(201)
  })

  test.each([
    ['GET', '/nowhere'],
    ['GET', '/v1/sessions'],
    ['PUT', '/v1/cards'],
    ['POST', '/v1/cards/x'],
  ])('%s %s is not there', async (method, url) => {
    expectProblem(await app.call(method, url, { token: alice }), 'ERR_NOT_FOUND')
  })

  test('a URL that cannot be decoded', async () => {
    expectProblem(await app.call('GET', '/v1/cards/%zz', { token: alice }), 'ERR_INPUT')
  })
})

describe('no live session', () => {
  const calls: [string, string][] = [
    ['GET', '/v1/sessions/current'],
    ['DELETE', '/v1/sessions/current'],
    ['POST', '/v1/cards'],
    ['GET', '/v1/cards'],
    ['GET', '/v1/cards/x'],
    ['PATCH', '/v1/cards/x'],
    ['PUT', '/v1/cards/x'],
    ['DELETE', '/v1/cards/x'],
    ['POST', '/v1/cards/x/revoke'],
    ['POST', '/v1/cards/x/shares'],
    ['GET', '/v1/cards/x/openings'],
    ['GET', '/v1/cards/x/refusals'],
    ['POST', '/v1/shares/x/openings'],
    ['GET', '/v1/openings/x'],
    ['POST', '/v1/openings/x/acknowledgement'],
    ['POST', '/v1/shares/x/requests'],
    ['GET', '/v1/cards/x/requests'],
    ['POST', '/v1/requests/x/dismissal'],
    ['POST', '/v1/cards/x/subscriptions'],
    ['GET', '/v1/me/notices'],
    ['PUT', '/v1/me/notices'],
    ['POST', '/v1/server/sessions'],
    ['POST', '/v1/server/cards'],
    ['GET', '/v1/server/cards/x'],
    ['PATCH', '/v1/server/cards/x'],
    ['DELETE', '/v1/server/cards/x'],
    ['POST', '/v1/server/cards/x/revoke'],
    ['POST', '/v1/server/cards/x/shares'],
    ['GET', '/v1/server/cards/x/openings'],
    ['GET', '/v1/server/openings/x'],
  ]
  const unknown = 'A'.repeat(43)

  test.each(calls)('%s %s', async (method, url) => {
    for (const authorization of [
      '',
      'Bearer',
      `Bearer ${unknown}`,
      `Basic ${unknown}`,
      'Bearer x y',
    ]) {
      expectProblem(await app.call(method, url, { headers: { authorization } }), 'ERR_SESSION')
    }
  })

  test('ended and expired look like unknown', async () => {
    const ended = await app.login('dora')
    expect((await app.call('DELETE', '/v1/sessions/current', { token: ended })).status).toBe(204)
    const other = await TestApp.start()
    const expired = await other.login('dora')
    other.clock.advance(3 * 86_400_000 - 1)
    expect((await other.call('GET', '/v1/cards', { token: expired })).status).toBe(200)
    other.clock.advance(1)
    const answers = [
      await app.call('GET', '/v1/cards', { token: unknown }),
      await app.call('GET', '/v1/cards', { token: ended }),
      await other.call('GET', '/v1/cards', { token: expired }),
    ]
    await other.stop()
    const shapes = answers.map(({ status, body }) => ({ status, body: { ...body, requestId: '' } }))
    expect(shapes[1]).toEqual(shapes[0])
    expect(shapes[2]).toEqual(shapes[0])
  })
})

describe('what is not there is like what is not yours', () => {
  test.each([
    ['GET', (id: string) => `/v1/cards/${id}`],
    ['DELETE', (id: string) => `/v1/cards/${id}`],
    ['POST', (id: string) => `/v1/cards/${id}/revoke`],
    ['POST', (id: string) => `/v1/cards/${id}/shares`],
    ['GET', (id: string) => `/v1/cards/${id}/openings`],
    ['GET', (id: string) => `/v1/cards/${id}/refusals`],
    ['GET', (id: string) => `/v1/cards/${id}/requests`],
  ])('%s %s', async (method, url) => {
    const { cardId } = await app.shared(alice)
    const answers = await Promise.all(
      [cardId, 'AAAAAAAAAAAAAAAAAAAAAA', '-', long(500), '%00', "'%20OR%201=1"].map((id) =>
        app.call(method, url(id), { token: bob }),
      ),
    )
    for (const answer of answers) {
      expectProblem(answer, 'ERR_NOT_FOUND')
      expect({ ...answer.body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' })
    }
  })

  test('an unknown app', async () => {
    expectProblem(
      await app.call('POST', '/v1/sessions', { body: { app: 'x', code: 'y' } }),
      'ERR_NOT_FOUND',
    )
  })

  test('a code that the platform refuses', async () => {
    const body = { app: WECHAT, code: 'used' }
    expectProblem(await app.call('POST', '/v1/sessions', { body }), 'ERR_LOGIN_REJECTED')
  })
})

describe('good answers have the documented form, and nothing more', () => {
  test('each of them', async () => {
    const session = await app.call('POST', '/v1/sessions', {
      body: { app: WECHAT, code: `eve|${key('eve')}` },
    })
    expect(Session.strict().safeParse(session.body).error).toBeUndefined()
    expect(session.headers['cache-control']).toBe('no-store')
    // Another spelling of the same path.
    const respelt = await app.call('GET', '/%761/cards?box=sent', { token: session.body.token })
    expect([respelt.status, respelt.headers['cache-control']]).toEqual([200, 'no-store'])
    const policy = { maxViewers: 3, maxOpensPerViewer: 2, expiresAt: '2027-01-01T00:00:00Z' }
    const made = await app.call('POST', '/v1/cards', { token: alice, body: { ...card, policy } })
    expect(Card.strict().safeParse(made.body).error).toBeUndefined()
    expect(made.body).toMatchObject({ title: 'T', body: 'B', policy, status: 'active' })
    const share = await app.call('POST', `/v1/cards/${made.body.id}/shares`, { token: alice })
    expect(Share.strict().safeParse(share.body).error).toBeUndefined()
    expect(share.body.path).toBe(`/pages/open/index?s=${share.body.id}&c=1`)
    expect(Date.parse(share.body.shareUntil) - Date.parse(share.body.createdAt)).toBe(
      7 * 86_400_000,
    )
    expect(Date.parse(share.body.verifyUntil) - Date.parse(share.body.createdAt)).toBe(
      120 * 86_400_000,
    )
    const opened = await app.open(
      bob,
      share.body.id,
      wechatProof(key('bob'), share.body.declare.activityId),
    )
    expect(Opening.strict().safeParse(opened.body).error).toBeUndefined()
    const page = await app.call('GET', '/v1/cards?limit=2', { token: alice })
    expect(CardPage.strict().safeParse(page.body).error).toBeUndefined()
    const own = await app.call('GET', `/v1/cards/${made.body.id}`, { token: alice })
    expect(Card.strict().safeParse(own.body).error).toBeUndefined()
    const roster = await app.call('GET', `/v1/cards/${made.body.id}/openings`, { token: alice })
    expect(ViewerOpeningsPage.strict().safeParse(roster.body).error).toBeUndefined()
  })

  test('newest first, also among cards made within one millisecond', async () => {
    const grace = await app.login('grace')
    const sleep = jest.spyOn(app.nest.get<Timers>(TIMERS), 'sleep')
    sleep.mockImplementation(async (ms) => app.clock.advance(ms))
    const made: string[] = []
    for (let i = 0; i < 8; i++)
      made.unshift((await app.call('POST', '/v1/cards', { token: grace, body: card })).body.id)
    sleep.mockRestore()
    const { body } = await app.call('GET', '/v1/cards', { token: grace })
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual(made)
  })

  test('pages: each card once, newest first; a cursor is good for its own list only', async () => {
    const frank = await app.login('frank')
    const made: string[] = []
    for (let i = 0; i < 5; i++) {
      if (i % 2) app.clock.advance(1)
      made.unshift((await app.call('POST', '/v1/cards', { token: frank, body: card })).body.id)
    }
    const seen: string[] = []
    const times: string[] = []
    let cursor: string | null = ''
    let first = ''
    while (cursor !== null) {
      const url: string = `/v1/cards?limit=2${cursor && `&cursor=${cursor}`}`
      const { body } = await app.call('GET', url, { token: frank })
      seen.push(...body.items.map((item: { id: string }) => item.id))
      times.push(...body.items.map((item: { createdAt: string }) => item.createdAt))
      cursor = body.nextCursor
      first ||= body.nextCursor
    }
    expect([...seen].sort()).toEqual([...made].sort())
    expect(times).toEqual([...times].sort().reverse())
    for (const [token, query] of [
      [alice, `cursor=${first}`],
      [frank, `box=received&cursor=${first}`],
      [frank, `cursor=${first.slice(0, -2)}${first.endsWith('AA') ? 'BB' : 'AA'}`],
    ] as const) {
      const answer = await app.call('GET', `/v1/cards?${query}`, { token })
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe('cursor')
    }
  })

  test('a share with a day left is given again; then there is a new one', async () => {
    const { cardId, shareId } = await app.shared(alice)
    const again = () => app.call('POST', `/v1/cards/${cardId}/shares`, { token: alice })
    const start = app.clock.now()
    app.clock.set(start + 2 * 86_400_000)
    expect((await again()).body.id).toBe(shareId)
    app.clock.set(start)
    expect((await again()).body.id).toBe(shareId)
  })
})

describe('operations', () => {
  test('alive, ready, measured', async () => {
    expect((await app.call('GET', '/healthz')).body).toEqual({ status: 'alive' })
    expect((await app.call('GET', '/readyz')).body).toEqual({ status: 'ready' })
    const metrics = await app.call('GET', '/metrics')
    expect(metrics.text).toContain('route="/v1/cards/:cardId"')
    expect(metrics.text).toMatch(/sealcard_decisions_total\{outcome="granted",reason=""\} \d+/)
  })

  test('every route is in the document, with its schemas and its errors', async () => {
    const { body: document } = await app.call('GET', '/openapi.json')
    const members = Object.keys(document.paths).filter((path) => !path.startsWith('/v1/admin'))
    expect(members.sort()).toEqual([
      '/.well-known/jwks.json',
      '/WW_verify_{rest}',
      '/console',
      '/console/assets/{name}',
      '/console/{screen}',
      '/console/{screen}/{id}',
      '/h5',
      '/h5/assets/{name}',
      '/h5/callback',
      '/h5/login',
      '/h5/o',
      '/h5/{name}',
      '/healthz',
      '/help',
      '/help/{path}',
      '/readyz',
      '/v1/bots/{botId}/callback',
      '/v1/cards',
      '/v1/cards/{cardId}',
      '/v1/cards/{cardId}/openings',
      '/v1/cards/{cardId}/refusals',
      '/v1/cards/{cardId}/requests',
      '/v1/cards/{cardId}/revoke',
      '/v1/cards/{cardId}/shares',
      '/v1/cards/{cardId}/subscriptions',
      '/v1/h5/doctor/{runId}',
      '/v1/h5/doctor/{runId}/samples',
      '/v1/h5/signatures',
      '/v1/me',
      '/v1/me/export',
      '/v1/me/notices',
      '/v1/openings/{openingId}',
      '/v1/openings/{openingId}/acknowledgement',
      '/v1/policy',
      '/v1/requests/{requestId}/dismissal',
      '/v1/server/cards',
      '/v1/server/cards/{cardId}',
      '/v1/server/cards/{cardId}/openings',
      '/v1/server/cards/{cardId}/revoke',
      '/v1/server/cards/{cardId}/shares',
      '/v1/server/openings/{openingId}',
      '/v1/server/sessions',
      '/v1/sessions',
      '/v1/sessions/current',
      '/v1/shares/{shareId}/openings',
      '/v1/shares/{shareId}/requests',
    ])
    const { requestBody, responses } = document.paths['/v1/cards'].post
    const { schema } = requestBody.content['application/json']
    expect(schema).toEqual({ $ref: '#/components/schemas/CreateCard' })
    expect(document.components.schemas.CreateCard).toMatchObject({
      additionalProperties: false,
      required: ['title', 'body'],
      properties: { title: { minLength: 1, maxLength: 64 }, body: { maxLength: 20_000 } },
    })
    expect(Object.keys(responses).sort()).toEqual([
      '201',
      '400',
      '401',
      '403',
      '409',
      '413',
      '415',
      '429',
      '500',
      '503',
    ])
    expect(responses['400'].content['application/problem+json'].schema.$ref).toBe(
      '#/components/schemas/Problem',
    )
    const limit = document.paths['/v1/cards'].get.parameters.find(
      ({ name }: { name: string }) => name === 'limit',
    )
    expect(limit).toMatchObject({
      required: false,
      schema: { minimum: 1, maximum: 100, default: 20 },
    })
    expect(document.components.schemas.Problem.required).toContain('requestId')
    expect((await app.call('GET', '/docs')).text).toContain('swagger-ui')
  })

  test('every route that takes a body says that it may be too long, and too many', async () => {
    const { body: document } = await app.call('GET', '/openapi.json')
    const silent = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
      Object.entries<Json>(methods).flatMap(([method, { requestBody, responses }]) =>
        requestBody && ['413', '415', '429'].some((status) => !responses[status])
          ? [`${method} ${path}`]
          : [],
      ),
    )
    expect(silent).toEqual([])
    const { responses } = document.paths['/v1/sessions/current'].delete
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['204', '413', '429']))
  })
})
