import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { PAGE_FIXTURE, WECHAT, WECOM, WECOM_B } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { type Answer, TestApp } from '../../kit/test-app.js'
import { H5, ORIGIN, WebBrowser, webConfig } from '../../kit/web-browser.js'

const SCRIPT = 'assets/index-0a1b2c3d.js'
const source = (name: string) => readFileSync(path.join(PAGE_FIXTURE, name), 'utf8')

let app: TestApp
beforeAll(async () => {
  app = await TestApp.start(webConfig())
})
afterAll(() => app.stop())

const get = (url: string, headers: Record<string, string> = {}) => app.call('GET', url, { headers })
const lasting = ({ status, headers, text }: Answer) => {
  const { 'x-request-id': _, date: __, ...rest } = headers
  return { status, headers: rest, text }
}

describe('the document', () => {
  test('is the same to the byte for every share, whether there is such a share or not', async () => {
    const alice = await new WebBrowser(app).login('alice')
    const card = await alice.call('POST', '/v1/cards', { title: 'T', body: 'B' })
    const share = await alice.call('POST', `/v1/cards/${card.body.id}/shares`)
    const known = await get(`/h5/o?s=${share.body.id}`)
    for (const url of ['/h5/o?s=AAAAAAAAAAAAAAAAAAAAAA', '/h5/o', '/h5/o?s=a&s=b', '/h5/', '/h5'])
      expect(lasting(await get(url))).toEqual(lasting(known))
    expect(known.status).toBe(200)
  })

  test('is the same for who is logged in', async () => {
    const alice = await new WebBrowser(app).login('alice')
    expect(lasting(await alice.visit('/h5/o?s=a'))).toEqual(lasting(await get('/h5/o?s=a')))
  })

  test('tells its script which app it is of, and nothing else differs from what was built', async () => {
    const { text } = await get('/h5/')
    const mark = `<meta name="sealcard-app" content="${WECOM}">`
    expect(text).toContain(`${mark}</head>`)
    expect(text.replace(mark, '')).toBe(source('index.html'))
  })

  test('lets nothing in from elsewhere, nothing inline, and no frame around it', async () => {
    const { headers } = await get('/h5/o?s=a')
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';font-src 'none';form-action 'none';base-uri 'none';frame-ancestors 'none'",
    )
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
    })
    expect(headers['set-cookie']).toBeUndefined()
    expect(headers['location']).toBeUndefined()
  })
})

describe('a file of the page', () => {
  test('with a hash in its name is kept for ever', async () => {
    const answer = await get(`/h5/${SCRIPT}`)
    expect(answer.text).toBe(source(SCRIPT))
    expect(answer.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
  })

  test('without one is kept for an hour', async () => {
    const { status, headers } = await get('/h5/card.png')
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=3600',
    })
  })

  test('is not sent again to who has it', async () => {
    const { headers } = await get(`/h5/${SCRIPT}`)
    const again = await get(`/h5/${SCRIPT}`, { 'if-none-match': String(headers['etag']) })
    expect([again.status, again.text]).toEqual([304, ''])
  })

  test.each([
    ['gzip', true],
    ['br, gzip;q=0.8', true],
    ['gzip;q=0', false],
    ['identity', false],
    ['', false],
  ])('comes compressed for who accepts it: %s', async (encodings, zipped) => {
    const url = `/h5/${SCRIPT}`
    const answer = await app.nest.inject({
      method: 'GET',
      url,
      headers: { 'accept-encoding': encodings },
    })
    expect(answer.headers['content-encoding']).toBe(zipped ? 'gzip' : undefined)
    expect(answer.headers['vary']).toBe('Accept-Encoding')
    const bytes = zipped ? gunzipSync(answer.rawPayload) : answer.rawPayload
    expect(bytes.toString()).toBe(source(SCRIPT))
  })

  test.each([
    '/h5/index.html',
    '/h5/nothing.js',
    '/h5/assets/',
    '/h5/../package.json',
    '/h5/%2e%2e/%2e%2e/package.json',
    '/h5/..%2f..%2fpackage.json',
    '/h5/assets/..%5c..%5cindex.html',
    '/h5/assets//index-0a1b2c3d.js',
    '/h5/__proto__',
    '/h5/constructor',
    '/h5/%00',
  ])('%s is none', async (url) => {
    expectProblem(await get(url), 'ERR_NOT_FOUND')
  })
})

describe('the proof that the domain is the company’s', () => {
  test('is the configured text, without a redirect and a cookie', async () => {
    const { status, text, headers } = await get('/WW_verify_AbCd1234.txt')
    expect([status, text]).toEqual([200, 'AbCd1234'])
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['set-cookie']).toBeUndefined()
  })

  test.each([
    '/WW_verify_abcd1234.txt',
    '/WW_verify_.txt',
    '/WW_verify_AbCd1234.txt/',
    '/h5/WW_verify_AbCd1234.txt',
  ])('has one name: not %s', async (url) => {
    expectProblem(await get(url), 'ERR_NOT_FOUND')
  })
})

test('without a web page in the configuration there is no page', async () => {
  const other = await TestApp.start()
  try {
    for (const url of ['/h5', '/h5/', '/h5/o?s=a', `/h5/${SCRIPT}`, '/WW_verify_AbCd1234.txt'])
      expectProblem(await other.call('GET', url), 'ERR_NOT_FOUND')
  } finally {
    await other.stop()
  }
})

test('each of several apps has its page at its own host, and no other host has one', async () => {
  const b = { ...H5, origin: 'https://b.example.com:8443', verifyFile: undefined }
  const other = await TestApp.start(webConfig({}, { [WECOM_B]: b }))
  const at = (host: string) => other.call('GET', '/h5/', { headers: { host } })
  try {
    expect((await at('cards.example.com')).text).toContain(`content="${WECOM}"`)
    expect((await at('B.example.com:8443')).text).toContain(`content="${WECOM_B}"`)
    expectProblem(await at('b.example.com'), 'ERR_NOT_FOUND')
    expectProblem(await at('localhost'), 'ERR_NOT_FOUND')
  } finally {
    await other.stop()
  }
})

test('administrators see where the page is and whether it opens cards', async () => {
  const { PLATFORMS } = await import('../../../src/platforms/all-platforms.js')
  const described = webConfig().apps.map((one) =>
    PLATFORMS.find(({ name }) => name === one.platform)?.describe(one),
  )
  expect(described).toContainEqual({
    id: WECOM,
    platform: 'wecom',
    corpid: 'ww01',
    agentid: 1,
    h5: { origin: ORIGIN, keyDerivation: 'url16' },
  })
  expect(described).toContainEqual({ id: WECHAT, platform: 'wechat', appid: 'wx01' })
})
