import { createHash } from 'node:crypto'
import { PageSignatures } from '@sealcard/protocol'
import { WECHAT, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { TestApp } from '../../kit/test-app.js'
import { ORIGIN, webConfig } from '../../kit/web-browser.js'

let app: TestApp
beforeAll(async () => {
  app = await TestApp.start(webConfig())
})
afterAll(() => app.stop())

const sign = (url: unknown, id: unknown = WECOM) =>
  app.call('POST', '/v1/h5/signatures', { body: { app: id, url } })

/** WeCom 90506, in the test's own words. */
const signature = (ticket: string, nonceStr: string, timestamp: number, url: string) =>
  createHash('sha1')
    .update(`jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`)
    .digest('hex')

test.each([
  `${ORIGIN}/h5/o?s=6mBhJe41KjhvRRxjZvxWxU`,
  `${ORIGIN}/`,
  `${ORIGIN}/h5/o?s=a&from=singlemessage&isappinstalled=0`,
  `${ORIGIN}/h5/o?q=%E5%8D%A1+%20b&Q=B&`,
  `${ORIGIN}/h5/%7Eo?a=b%2Fc&a=b/c`,
])('signs %s to the letter, with each ticket for its own call', async (url) => {
  const { status, body, headers } = await sign(url)
  expect(status).toBe(200)
  expect(PageSignatures.strict().safeParse(body).error).toBeUndefined()
  const { nonceStr, timestamp } = body
  const { web } = app.wecom
  expect(body).toEqual({
    corpId: 'ww01',
    agentId: 1,
    timestamp: Math.floor(app.clock.now() / 1000),
    nonceStr: expect.stringMatching(/^[0-9a-f]{32}$/),
    signature: signature(web.ticket('agent', { id: WECOM }), nonceStr, timestamp, url),
    configSignature: signature(web.ticket('corp', { id: WECOM }), nonceStr, timestamp, url),
  })
  expect(headers['cache-control']).toBe('no-store')
})

test('no two signatures share a nonce', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => sign(`${ORIGIN}/h5/`)))
  expect(new Set(answers.map(({ body }) => body.nonceStr)).size).toBe(3)
})

test.each([
  ['a fragment', `${ORIGIN}/h5/#/cards`],
  ['an empty fragment', `${ORIGIN}/h5/#`],
  ['a user', 'https://me@cards.example.com/h5/'],
  ['a user that looks like the host', 'https://cards.example.com@evil.example/h5/'],
  ['a user behind the host', `${ORIGIN}:secret@evil.example/h5/`],
  ['another host', 'https://evil.example/h5/'],
  ['a host that begins like ours', `${ORIGIN}.evil.example/h5/`],
  ['a host below ours', 'https://x.cards.example.com/h5/'],
  ['another scheme', 'http://cards.example.com/h5/'],
  ['another port', `${ORIGIN}:8443/h5/`],
  ['no path', ORIGIN],
  ['a backslash', `${ORIGIN}/\\evil.example`],
  ['a line break', `${ORIGIN}/h5/\nx`],
  ['a path alone', '/h5/'],
  ['capitals in its host', 'https://CARDS.example.com/h5/'],
  ['nothing', ''],
  ['4097 characters', `${ORIGIN}/${'a'.repeat(4097 - ORIGIN.length - 1)}`],
  ['another type', 1],
])('refuses an address with %s', async (_what, url) => {
  const answer = await sign(url)
  expectProblem(answer, 'ERR_INPUT')
  expect(answer.body.issues).toEqual([expect.objectContaining({ path: 'url' })])
})

test.each([
  ['unknown', 'nobody'],
  ['without a page', WECHAT],
])('knows no app %s', async (_what, id) => {
  expectProblem(await sign(`${ORIGIN}/h5/`, id), 'ERR_NOT_FOUND')
})

test('answers with no ticket, and logs none', async () => {
  const { text } = await sign(`${ORIGIN}/h5/`)
  for (const kind of ['agent', 'corp'] as const)
    expect(text).not.toContain(app.wecom.web.ticket(kind, { id: WECOM }))
})

test('signs for a page whose key nobody found out yet: the page of the doctor needs it', async () => {
  const other = await TestApp.start(webConfig({ keyDerivation: 'unverified' }))
  try {
    const body = { app: WECOM, url: `${ORIGIN}/h5/` }
    expect((await other.call('POST', '/v1/h5/signatures', { body })).status).toBe(200)
  } finally {
    await other.stop()
  }
})

test('an outage of the platform is told as one', async () => {
  const other = await TestApp.start(webConfig())
  try {
    other.wecom.web.down = true
    const body = { app: WECOM, url: `${ORIGIN}/h5/` }
    const answer = await other.call('POST', '/v1/h5/signatures', { body })
    expectProblem(answer, 'ERR_PLATFORM_UNAVAILABLE')
  } finally {
    await other.stop()
  }
})
