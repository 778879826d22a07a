import { request } from 'node:http'
import type { WebCall, WebNetwork } from '../../src/ports.js'
import { clientPolicy, withScript } from '../../src/server/web/page-headers.js'
import { CORPID, freshSimulator, type Bench } from '../kit/fresh-simulator.js'

const ORIGIN = 'https://cards.example.com'
type Answer = { status?: number; headers?: [string, string][]; body?: string }

let bench: Bench
let calls: WebCall[]
let answer: (call: WebCall) => Answer | 'unreachable'
const network: WebNetwork = {
  send: (call) => {
    calls.push(call)
    const given = answer(call)
    if (given === 'unreachable')
      return Promise.resolve({ kind: 'unreachable', reason: 'ECONNREFUSED' })
    const {
      status = 200,
      headers = [['content-type', 'text/html']],
      body = '<head></head>',
    } = given
    return Promise.resolve({ kind: 'answer', status, headers, body: Buffer.from(body) })
  },
}
beforeEach(async () => {
  calls = []
  answer = () => ({})
  bench = await freshSimulator({ web: network, domains: { [ORIGIN]: 'http://10.0.0.1:3000' } })
  await bench.client.setWeb({ home: `${ORIGIN}/h5/` })
})
afterEach(() => bench.simulator.close())

interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string
}
/** As a browser asks for a frame: any name below localhost is this machine. */
const ask = (host: string, path: string, { method = 'GET', headers = {}, body = '' }: Asked = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const { port } = new URL(bench.simulator.url)
      const asked = request(
        { port, path, method, headers: { ...headers, host: `${host}:${port}` } },
        (reply) => {
          let text = ''
          reply.on('data', (part: Buffer) => (text += part.toString()))
          reply.on('end', () => {
            resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text })
          })
        },
      )
      asked.on('error', reject)
      asked.end(body)
    },
  )
const LIN = 'cards-example-com.lin-wecom.localhost'
const CHEN = 'cards-example-com.chen-wecom.localhost'

test('a document comes from the service, with the client’s script before its own', async () => {
  answer = () => ({ body: '<!doctype html><html><head lang="x"><script src="/a.js"></script>' })
  const { status, text } = await ask(LIN, '/h5/o?s=1')
  expect(status).toBe(200)
  expect(text).toMatch(
    /<head lang="x"><script src="\/__simulator__\/bridge.js"><\/script><script src="\/a.js">/,
  )
  expect(calls[0]).toMatchObject({ url: 'http://10.0.0.1:3000/h5/o?s=1', method: 'GET' })
  expect(calls[0]?.headers['user-agent']).toMatch(/wxwork\/4\.1\.30 MicroMessenger/)
})

test('the script says what the phone is', async () => {
  const { text } = await ask(LIN, '/__simulator__/bridge.js')
  expect(text).toContain('wxwork/4.1.30')
  expect(
    (await ask('cards-example-com.chen-wechat.localhost', '/__simulator__/bridge.js')).text,
  ).not.toContain('wxwork')
  expect(calls).toEqual([])
})

test('what names the frame reaches the service as the world’s address', async () => {
  const { port } = new URL(bench.simulator.url)
  const frame = `http://${LIN}:${port}`
  await ask(LIN, `/s?to=${encodeURIComponent(`${frame}/x`)}`, {
    method: 'POST',
    headers: { origin: frame, referer: `${frame}/h5/o`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${frame}/h5/o?s=1` }),
  })
  expect(calls[0]).toMatchObject({
    url: `http://10.0.0.1:3000/s?to=${encodeURIComponent(`${ORIGIN}/x`)}`,
    headers: { origin: ORIGIN, referer: `${ORIGIN}/h5/o` },
    body: JSON.stringify({ url: `${ORIGIN}/h5/o?s=1` }),
  })
})

test('cookies stay with their phone, and never reach the browser', async () => {
  const set = '__Host-session=LIN; Path=/; Secure; HttpOnly; SameSite=Lax'
  answer = () => ({
    headers: [
      ['set-cookie', set],
      ['content-type', 'application/json'],
    ],
    body: '{}',
  })
  const first = await ask(LIN, '/login')
  expect(first.headers['set-cookie']).toBeUndefined()
  answer = () => ({})
  await ask(LIN, '/again', { headers: { cookie: 'forged=1' } })
  await ask(CHEN, '/again')
  expect(calls.map(({ headers }) => headers['cookie'])).toEqual([
    undefined,
    '__Host-session=LIN',
    undefined,
  ])
})

test.each([
  ['none', 'no-cors', 'POST', ''],
  ['cross-site', 'navigate', 'GET', 'lax=1'],
  ['cross-site', 'cors', 'POST', ''],
  ['same-origin', 'cors', 'POST', 'lax=1; strict=1'],
])('a request that is %s, %s, %s carries %j', async (site, mode, method, wanted) => {
  answer = () => ({
    headers: [
      ['set-cookie', 'lax=1; SameSite=Lax'],
      ['set-cookie', 'strict=1; SameSite=Strict'],
    ],
  })
  await ask(LIN, '/')
  const headers = {
    'sec-fetch-site': site === 'none' ? 'cross-site' : site,
    'sec-fetch-mode': mode,
  }
  await ask(LIN, '/', { method, headers })
  expect(calls.at(-1)?.headers['cookie'] ?? '').toBe(wanted)
})

test('a service may not set a __Host- cookie that is not secure', async () => {
  answer = () => ({ headers: [['set-cookie', '__Host-x=1; Path=/']] })
  await ask(LIN, '/')
  await ask(LIN, '/')
  expect(calls.at(-1)?.headers['cookie']).toBeUndefined()
})

test('redirects go to the frame of the same phone; unknown places show a sentence', async () => {
  const { port } = new URL(bench.simulator.url)
  const to = async (location: string) => {
    answer = () => ({ status: 302, headers: [['location', location]] })
    const { headers, text } = await ask(LIN, '/go')
    return headers['location'] ?? text
  }
  const authorize = 'https://open.weixin.qq.com/connect/oauth2/authorize?appid=x'
  expect(await to('/h5/o')).toBe('/h5/o')
  expect(await to(`${ORIGIN}/h5/o`)).toBe(`http://${LIN}:${port}/h5/o`)
  expect(await to(`${authorize}#wechat_redirect`)).toBe(
    `http://open-weixin-qq-com.lin-wecom.localhost:${port}/connect/oauth2/authorize?appid=x#wechat_redirect`,
  )
  const own = `${bench.simulator.url}/open.weixin.qq.com/connect/oauth2/authorize?appid=x`
  expect(await to(`${own}#wechat_redirect`)).toContain('open-weixin-qq-com.lin-wecom.localhost')
  expect(await to(authorize)).toContain('#wechat_redirect')
  expect(await to('https://evil.example.com/')).toContain('cannot reach')
})

describe('a browser on a computer', () => {
  const COMPUTER = 'cards-example-com.desktop-browser.localhost'
  const LOGIN_HOST = 'login-work-weixin-qq-com.desktop-browser.localhost'
  const place = (text: unknown) => new URL(String(text))

  test('is led to the app’s page, which has no client’s script, bridge or name', async () => {
    const { port } = new URL(bench.simulator.url)
    const { status, headers } = await ask('localhost', '/simulator/web/browser')
    expect([status, headers['location']]).toEqual([302, `http://${COMPUTER}:${port}/h5/`])
    answer = () => ({ body: '<head><script src="/a.js"></script>' })
    const agent = { 'user-agent': 'Mozilla/5.0 Chrome/126.0' }
    const page = await ask(COMPUTER, '/h5/', { headers: agent })
    expect(page.text).toBe('<head><script src="/a.js"></script>')
    expect(calls.at(-1)?.headers['user-agent']).toBe('Mozilla/5.0 Chrome/126.0')
    expect((await ask(COMPUTER, '/__simulator__/bridge.js')).status).toBe(404)
  })

  test('keeps the page’s own policy, but for the frame', async () => {
    const policy = "default-src 'none'; script-src 'self'; frame-ancestors 'none'"
    answer = () => ({ headers: [['content-security-policy', policy]] })
    const { headers } = await ask(COMPUTER, '/h5/')
    expect(headers['content-security-policy']).toBe("default-src 'none'; script-src 'self'")
  })

  test('chooses who scans, and comes back with a code', async () => {
    const { port } = new URL(bench.simulator.url)
    const query = new URLSearchParams({
      login_type: 'CorpApp',
      appid: CORPID,
      agentid: '1000002',
      redirect_uri: `${ORIGIN}/h5/callback`,
      state: 'STATE',
    })
    const login = `https://login.work.weixin.qq.com/wwlogin/sso/login?${query}`
    answer = () => ({ status: 302, headers: [['location', login]] })
    const leaving = place((await ask(COMPUTER, '/h5/login')).headers['location'])
    expect(leaving.host).toBe(`${LOGIN_HOST}:${port}`)
    const { text } = await ask(LOGIN_HOST, leaving.pathname + leaving.search)
    expect(text).toContain('林晓')
    const scanned = `${leaving.pathname + leaving.search}&as=lin`
    const back = place((await ask(LOGIN_HOST, scanned)).headers['location'])
    expect(back.host).toBe(`${COMPUTER}:${port}`)
    expect(back.pathname).toBe('/h5/callback')
    expect(back.searchParams.get('state')).toBe('STATE')
    expect(back.searchParams.get('code')).not.toBeNull()
  })

  test('shares no cookies with the phones', async () => {
    answer = () => ({ headers: [['set-cookie', '__Host-session=PC; Path=/; Secure']] })
    await ask(COMPUTER, '/h5/')
    answer = () => ({})
    await ask(LIN, '/h5/')
    await ask(COMPUTER, '/h5/')
    const sent = calls.slice(-2).map(({ headers }) => headers['cookie'])
    expect(sent).toEqual([undefined, '__Host-session=PC'])
  })

  test('is told by the authorize page to open it in the client', async () => {
    const host = 'open-weixin-qq-com.desktop-browser.localhost'
    expect((await ask(host, '/connect/oauth2/authorize?appid=x')).text).toContain(
      '请在微信客户端打开链接',
    )
  })

  test('has nothing to open before an app has a page', async () => {
    await bench.client.setWeb({ home: null })
    expect((await ask('localhost', '/simulator/web/browser')).status).toBe(400)
  })
})

test('a service that is down shows a sentence, and a host of no phone is no frame', async () => {
  answer = () => 'unreachable'
  expect(await ask(LIN, '/')).toMatchObject({
    status: 502,
    text: expect.stringContaining('ECONNREFUSED') as string,
  })
  expect((await ask('cards-example-com.nobody.localhost', '/simulator/')).status).toBe(200)
  expect((await ask('else-example-com.lin-wecom.localhost', '/h5/o')).status).toBe(404)
})

test('a page that no origin of the world has cannot be opened', async () => {
  const open = (url: string) => bench.phone('lin-wecom').openWeb({ via: 'link', url })
  await expect(open('https://evil.example.com/')).rejects.toThrow(/cannot reach/)
  expect(await bench.client.exportState()).not.toHaveProperty('phones.lin-wecom.web')
  expect(await open(`${ORIGIN}/x`)).toMatchObject({ host: LIN, path: '/x' })
  // A service on this machine needs no entry in the list.
  expect(await open('http://127.0.0.1:3000/x')).toMatchObject({
    host: '127-0-0-1-3000.lin-wecom.localhost',
  })
})

test.each([
  ["default-src 'none'; script-src 'self'", "default-src 'none'; script-src 'self' S"],
  ["default-src 'none'", "default-src 'none'; script-src S"],
  ["script-src 'none'; frame-ancestors 'none'", 'script-src S'],
  ['img-src *; upgrade-insecure-requests', 'img-src *'],
])('the policy %s lets the client’s script in', (policy, wanted) => {
  expect(clientPolicy(policy, 'S')).toBe(wanted)
})

test('a document without a head gets the script as well, byte for byte otherwise', () => {
  const html = Buffer.from('<!doctype html><p>封笺</p>')
  expect(withScript(html, '/s.js').toString()).toBe(
    '<!doctype html><script src="/s.js"></script><p>封笺</p>',
  )
  expect(withScript(Buffer.from('hi'), '/s.js').toString()).toBe('<script src="/s.js"></script>hi')
})
