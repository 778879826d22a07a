import { DEFAULTS, ROOMY } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'
import { giveUpUnfinished, statusBeforeBody } from '../../kit/unfinished.js'

let app: TestApp
beforeEach(async () => {
  app = await TestApp.start()
})
afterEach(() => {
  giveUpUnfinished()
  return app.stop()
})

const JSON_BODY = { 'content-type': 'application/json' }
const LONG = { ...JSON_BODY, 'content-length': 60_000 }
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const CARDS = { method: 'POST', url: '/v1/cards' }

describe('a body is not read', () => {
  test.each([
    ['no token', {}],
    ['something else', { authorization: 'Basic eDp5' }],
    ['a token that cannot be one', bearer('x')],
    ['a token of nobody', bearer('x'.repeat(43))],
  ])('of a caller who has %s', async (_, headers) => {
    expect(await statusBeforeBody(app, CARDS, { ...LONG, ...headers })).toBe(401)
  })

  test('of a caller whose session is over', async () => {
    const token = await app.login('alice')
    await app.call('DELETE', '/v1/sessions/current', { token })
    expect(await statusBeforeBody(app, CARDS, { ...LONG, ...bearer(token) })).toBe(401)
  })

  test('that is sent to nowhere', async () => {
    expect(await statusBeforeBody(app, { method: 'POST', url: '/v1/nowhere' }, LONG)).toBe(404)
  })

  test('that is longer than its route can use', async () => {
    const headers = { ...LONG, ...bearer(await app.login('alice')) }
    for (const url of ['/v1/sessions', '/v1/cards/x/revoke', '/v1/cards/x/shares'])
      expect([url, await statusBeforeBody(app, { method: 'POST', url }, headers)]).toEqual([
        url,
        413,
      ])
    const opening = { method: 'POST', url: '/v1/shares/x/openings' }
    const nine = { ...headers, 'content-length': 9000 }
    expect(await statusBeforeBody(app, opening, nine)).toBe(413)
  })

  test('of a stranger, by any route, when it is long', async () => {
    const written = app.routed.filter(
      ({ method, url }) => !['GET', 'HEAD'].includes(method) && !/\/callback$|\*/.test(url),
    )
    expect(written.length).toBeGreaterThan(20)
    for (const { method, url } of written) {
      const status = await statusBeforeBody(app, { method, url }, LONG)
      expect([method, url, [401, 413]]).toEqual([method, url, expect.arrayContaining([status])])
    }
  })

  test('but a card’s, and an opening’s of the longest proof, are', async () => {
    const token = await app.login('alice')
    const body = { title: 'T', body: '周'.repeat(20_000) }
    expect((await app.call('POST', '/v1/cards', { token, body })).status).toBe(201)
    const proof = { encryptedData: 'A'.repeat(4096), iv: 'A'.repeat(64) }
    expect((await app.open(token, 'x', proof)).status).toBe(403)
  })
})

describe('the limit of requests from one address', () => {
  const limits = { ...DEFAULTS, requestsPerAddressPerSecond: 40 }
  beforeEach(async () => {
    await app.stop()
    app = await TestApp.start({ limits })
  })
  const post = (headers: Record<string, string>, body: string) =>
    app.call('POST', '/v1/cards', { headers, body })

  test('counts bytes, too: each 4 kB as a request more', async () => {
    const body = 'x'.repeat(60_000)
    for (let i = 0; i < 3; i++) expect((await post({}, body)).status).toBe(401)
    expect((await post({}, '')).status).toBe(429)
    app.clock.advance(1000)
    for (let i = 0; i < 40; i++) expect((await post({}, '{}')).status).toBe(401)
    expect((await post({}, '{}')).status).toBe(429)
  })

  test('counts what does not say how long it is as the longest that its route takes', async () => {
    const headers = { 'transfer-encoding': 'chunked', ...JSON_BODY }
    for (let i = 0; i < 3; i++) expect(await statusBeforeBody(app, CARDS, headers)).toBe(401)
    expect(await statusBeforeBody(app, CARDS, headers)).toBe(429)
  })

  test('one that is longer than all of it is served when nothing else came', async () => {
    await app.stop()
    app = await TestApp.start({ limits: { ...ROOMY, requestsPerAddressPerSecond: 5 } })
    const token = await app.login('alice')
    app.clock.advance(1000)
    const body = { title: 'T', body: '周'.repeat(20_000) }
    expect((await app.call('POST', '/v1/cards', { token, body })).status).toBe(201)
    expect((await app.call('GET', '/v1/cards', { token })).status).toBe(429)
  })
})
