import { DAY } from '../../../src/core/time.js'
import { WECOM, WECOM_B } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { TestApp } from '../../kit/test-app.js'
import { ORIGIN, SESSION_COOKIE, WebBrowser, webConfig } from '../../kit/web-browser.js'

let app: TestApp
let page: WebBrowser
let token: string
let bearer: string

beforeAll(async () => {
  app = await TestApp.start(webConfig())
  page = await new WebBrowser(app).login('alice')
  token = page.cookies.get(SESSION_COOKIE) ?? ''
  bearer = await app.login('alice', WECOM)
})
afterAll(() => app.stop())

const GOOD = { 'x-sealcard': '1', origin: ORIGIN }
const make = (headers: Record<string, string>) =>
  app.call('POST', '/v1/cards', { body: { title: 'T', body: 'B' }, headers })
const list = (headers: Record<string, string>) => app.call('GET', '/v1/cards?box=sent', { headers })
const cookie = (value = token) => ({ cookie: `${SESSION_COOKIE}=${value}` })

test('a page does what a mini-program does', async () => {
  expect((await make({ ...GOOD, ...cookie() })).status).toBe(201)
  const cards = await list({ 'x-sealcard': '1', ...cookie() })
  expect(cards.body.items).toHaveLength(1)
  expect(cards.headers['cache-control']).toBe('no-store')
})

test.each<[string, Record<string, string>]>([
  ['without X-Sealcard', { origin: ORIGIN }],
  ['with another X-Sealcard', { ...GOOD, 'x-sealcard': 'true' }],
  ['without Origin', { 'x-sealcard': '1' }],
  ['from another origin', { ...GOOD, origin: 'https://evil.example' }],
  ['from a neighbour of the origin', { ...GOOD, origin: 'https://x.cards.example.com' }],
  ['from the origin over http', { ...GOOD, origin: 'http://cards.example.com' }],
  ['from the origin on another port', { ...GOOD, origin: `${ORIGIN}:8443` }],
  ['from nowhere', { ...GOOD, origin: 'null' }],
])('a call that changes something is refused %s', async (_what, headers) => {
  expectProblem(await make({ ...headers, ...cookie() }), 'ERR_FORBIDDEN')
})

test.each<[string, Record<string, string>]>([
  ['without X-Sealcard', {}],
  ['from another origin', { ...GOOD, origin: 'https://evil.example' }],
])('a call that reads is refused %s', async (_what, headers) => {
  expectProblem(await list({ ...headers, ...cookie() }), 'ERR_FORBIDDEN')
})

test.each(['', 'A'.repeat(43), 'x', 'A'.repeat(4000)])(
  'a cookie that is none is no session: %s',
  async (value) => {
    expectProblem(await make({ ...GOOD, ...cookie(value) }), 'ERR_SESSION')
  },
)

test('the token of a cookie is no bearer token, and a bearer token no cookie', async () => {
  expectProblem(await app.call('GET', '/v1/sessions/current', { token }), 'ERR_SESSION')
  expectProblem(await make({ ...GOOD, ...cookie(bearer) }), 'ERR_SESSION')
})

test('a bearer token counts, whatever cookie comes along', async () => {
  const headers = { ...cookie('x'), authorization: `Bearer ${bearer}` }
  const answer = await app.call('GET', '/v1/sessions/current', { headers })
  expect(answer.body).toMatchObject({ kind: 'app' })
})

test('a bearer token that is none is refused, although a cookie comes along', async () => {
  const authorization = `Bearer ${'A'.repeat(43)}`
  expectProblem(await make({ ...GOOD, ...cookie(), authorization }), 'ERR_SESSION')
})

test('the session ends when its person says so, and its cookie goes', async () => {
  const other = await new WebBrowser(app).login('bob')
  const value = other.cookies.get(SESSION_COOKIE) ?? ''
  const answer = await other.call('DELETE', '/v1/sessions/current')
  expect(answer.status).toBe(204)
  expect(answer.headers['set-cookie']).toMatch(new RegExp(`^${SESSION_COOKIE}=; Max-Age=0;`))
  expectProblem(await make({ ...GOOD, ...cookie(value) }), 'ERR_SESSION')
})

test('the end of a mini-program’s session sets no cookie', async () => {
  const one = await app.login('eve', WECOM)
  const answer = await app.call('DELETE', '/v1/sessions/current', { token: one })
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test('who is erased has no session in a page either', async () => {
  const other = await new WebBrowser(app).login('carol')
  expect((await other.call('DELETE', '/v1/me')).status).toBe(204)
  expectProblem(await other.call('GET', '/v1/sessions/current'), 'ERR_SESSION')
})

test('the session is over after three days', async () => {
  const other = await TestApp.start(webConfig())
  try {
    const one = await new WebBrowser(other).login('alice')
    other.clock.advance(3 * DAY - 1)
    expect((await one.call('GET', '/v1/sessions/current')).status).toBe(200)
    other.clock.advance(1)
    expectProblem(await one.call('GET', '/v1/sessions/current'), 'ERR_SESSION')
  } finally {
    await other.stop()
  }
})

test('the session is over when the app has no page any more', async () => {
  const first = await TestApp.start(webConfig())
  const one = await new WebBrowser(first).login('alice')
  const value = one.cookies.get(SESSION_COOKIE) ?? ''
  await first.nest.close()
  const second = await TestApp.start({}, first)
  try {
    const headers = { ...GOOD, ...cookie(value) }
    expectProblem(await second.call('POST', '/v1/cards', { body: {}, headers }), 'ERR_SESSION')
  } finally {
    await second.stop()
  }
})

test('a page cannot log in with a code: only the server compares the state', async () => {
  const answer = await page.call('POST', '/v1/sessions', { app: WECOM_B, code: 'alice' })
  expectProblem(answer, 'ERR_LOGIN_REJECTED')
})
