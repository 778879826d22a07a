import { expectProblem } from '../../kit/expect-problem.js'
import { IN_MEMORY } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await TestApp.start(IN_MEMORY)
})
afterAll(() => app.stop())

const get = (url: string, headers: Record<string, string> = {}) => app.call('GET', url, { headers })

test('/help leads to the first page, from which the links count', async () => {
  const { status, headers } = await get('/help')
  expect([status, headers['location']]).toEqual([308, '/help/'])
})

test.each([
  ['/help/', '首页'],
  ['/help/?from=console', '首页'],
  ['/help/en/', 'Home'],
  ['/help/en/index.html', 'Home'],
])('%s is a page', async (url, words) => {
  const { status, text, headers } = await get(url)
  expect(status).toBe(200)
  expect(text).toContain(words)
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex',
    'referrer-policy': 'no-referrer',
  })
})

test('lets nothing in from elsewhere, nothing inline, and no frame around it', async () => {
  const policy = String((await get('/help/')).headers['content-security-policy'])
  expect(policy).toBe(
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';font-src 'none';form-action 'none';base-uri 'none';frame-ancestors 'none'",
  )
})

test('a browser keeps what has a hash in its name, and asks again for the rest', async () => {
  const kept = await get('/help/assets/app.0a1b2c3d.js')
  expect(kept.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const index = await get('/help/assets/search-zh.json')
  expect(index.headers['cache-control']).toBe('no-cache')
  const again = await get('/help/assets/search-zh.json', {
    'if-none-match': String(index.headers['etag']),
  })
  expect([again.status, again.text]).toEqual([304, ''])
})

test.each([
  '/help/nothing.html',
  '/help/assets/',
  '/help//',
  '/help/..%2fconsole%2findex.html',
  '/help/%2e%2e/%2e%2e/package.json',
  '/help/__proto__',
  '/help/constructor',
])('%s is none', async (url) => {
  expectProblem(await get(url), 'ERR_NOT_FOUND')
})

test('a service without built documentation has none, and serves', async () => {
  const other = await TestApp.start({ ...IN_MEMORY, help: '/nowhere' })
  try {
    expectProblem(await other.call('GET', '/help'), 'ERR_NOT_FOUND')
    expectProblem(await other.call('GET', '/help/'), 'ERR_NOT_FOUND')
    expect((await other.call('GET', '/readyz')).status).toBe(200)
  } finally {
    await other.stop()
  }
})
