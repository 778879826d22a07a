import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CONSOLE_FIXTURE } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await TestApp.start()
})
afterAll(() => app.stop())

const get = (url: string, headers: Record<string, string> = {}) => app.call('GET', url, { headers })
const nonceOf = (policy: unknown) => /'nonce-([^']+)'/.exec(String(policy))?.[1] ?? ''

describe('the document of the console', () => {
  test.each(['/console', '/console/', '/console/cards', '/console/cards/AAAA', '/console/setup'])(
    'answers at %s: its script finds the screen',
    async (url) => {
      const { status, text, headers } = await get(url)
      expect(status).toBe(200)
      expect(text).toContain('<div id="root">')
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
      })
      expect(headers['set-cookie']).toBeUndefined()
    },
  )

  test('lets nothing in from elsewhere, no inline script, and no frame around it', async () => {
    const { headers } = await get('/console')
    const policy = String(headers['content-security-policy'])
    expect(policy.replace(nonceOf(policy), 'N')).toBe(
      "default-src 'none';script-src 'self';style-src 'self' 'nonce-N';img-src 'self' data:;connect-src 'self';font-src 'none';form-action 'none';base-uri 'none';frame-ancestors 'none'",
    )
    expect(policy).not.toContain('unsafe')
  })

  test('has a nonce of its own in every answer, and nothing else differs from what was built', async () => {
    const answers = [await get('/console'), await get('/console')]
    const nonces = answers.map(({ headers }) => nonceOf(headers['content-security-policy']))
    expect(new Set(nonces).size).toBe(2)
    const built = readFileSync(path.join(CONSOLE_FIXTURE, 'index.html'), 'utf8')
    for (const [i, { text }] of answers.entries()) {
      expect(nonces[i]).toMatch(/^[A-Za-z0-9+/]{22}==$/)
      expect(text).toBe(built.replaceAll('SEALCARD_NONCE', nonces[i] ?? ''))
    }
  })
})

describe('a file of the console', () => {
  const SCRIPT = '/console/assets/index-0a1b2c3d.js'

  test('is kept for ever, and not sent again to who has it', async () => {
    const { status, headers } = await get(SCRIPT)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    const again = await get(SCRIPT, { 'if-none-match': String(headers['etag']) })
    expect([again.status, again.text]).toEqual([304, ''])
  })

  test.each([
    '/console/assets/nothing.js',
    '/console/assets/',
    '/console/assets/index.html',
    '/console/assets/..%2findex.html',
    '/console/assets/%2e%2e/%2e%2e/package.json',
    '/console/assets/__proto__',
    '/console/a/b/c',
  ])('%s is none', async (url) => {
    expectProblem(await get(url), 'ERR_NOT_FOUND')
  })
})

test('a service without a built console has none, and serves', async () => {
  const other = await TestApp.start({ console: '/nowhere' })
  try {
    expectProblem(await other.call('GET', '/console'), 'ERR_NOT_FOUND')
    expect((await other.call('GET', '/readyz')).status).toBe(200)
  } finally {
    await other.stop()
  }
})
