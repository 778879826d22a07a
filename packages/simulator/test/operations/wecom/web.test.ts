import { request } from 'node:http'
import { jsapiSignature } from '../../../src/crypto/jsapi.js'
import { FAKE_WECOM_SECRET, fakeApps } from '../../../src/fake-apps.js'
import { authorize as authorizePage } from '../../../src/operations/pages/authorize.js'
import { CORPID, freshSimulator, HOUR, MINUTE, type Bench } from '../../kit/fresh-simulator.js'

const api = '/qyapi.weixin.qq.com/cgi-bin'
const other = { agentid: 1000003, secret: 'fake-wecom-secret-00000000000000000000000002' }
const PAGE = 'https://cards.example.com/h5/o?s=1'

let bench: Bench
beforeEach(async () => {
  const apps = fakeApps()
  apps.wecom.push({ corpid: CORPID, miniProgram: null, outOfRange: [], ...other })
  bench = await freshSimulator({
    apps,
    domains: { 'https://cards.example.com': 'http://127.0.0.1:1' },
  })
  await bench.client.setWeb({ home: PAGE })
})
afterEach(() => bench.simulator.close())

const tokenOf = async (corpsecret: string): Promise<string> =>
  (await bench.get(`${api}/gettoken`, { corpid: CORPID, corpsecret }))['access_token']
const corpTicket = (access_token: string) => bench.get(`${api}/get_jsapi_ticket`, { access_token })
const appTicket = (access_token: string, type = 'agent_config') =>
  bench.get(`${api}/ticket/get`, { access_token, type })
const userInfo = (access_token: string, code: string) =>
  bench.get(`${api}/auth/getuserinfo`, { access_token, code })

describe('jsapi tickets (Q3)', () => {
  test('are 86 letters of base64url, 64 bytes, and live for two hours', async () => {
    const token = await bench.wecomToken()
    for (const answer of [await corpTicket(token), await appTicket(token)]) {
      expect(answer).toEqual({
        errcode: 0,
        errmsg: 'ok',
        ticket: expect.stringMatching(/^[\w-]{86}$/),
        expires_in: 7200,
      })
      expect(Buffer.from(answer['ticket'], 'base64url')).toHaveLength(64)
    }
  })

  test("the corp's is one for all its apps, the app's is its own", async () => {
    const [one, two] = [await tokenOf(FAKE_WECOM_SECRET), await tokenOf(other.secret)]
    expect((await corpTicket(one))['ticket']).toBe((await corpTicket(two))['ticket'])
    expect((await appTicket(one))['ticket']).not.toBe((await appTicket(two))['ticket'])
    expect((await appTicket(one))['ticket']).not.toBe((await corpTicket(one))['ticket'])
  })

  test('a second call repeats the ticket, or not: h5TicketSameInsideLife', async () => {
    const token = await bench.wecomToken()
    const { ticket } = await appTicket(token)
    bench.clock.advance(HOUR)
    expect(await appTicket(token)).toMatchObject({ ticket, expires_in: 3600 })
    await bench.client.setSettings({ wecom: { h5TicketSameInsideLife: false } })
    const next = await appTicket(token)
    expect(next['ticket']).not.toBe(ticket)
    expect(next['expires_in']).toBe(7200)
  })

  test('another one comes after its life, and when it was renewed', async () => {
    const { ticket } = await appTicket(await bench.wecomToken())
    bench.clock.advance(2 * HOUR)
    const second = await appTicket(await bench.wecomToken())
    expect(second['ticket']).not.toBe(ticket)
    await bench.client.renewTicket('agent')
    expect((await appTicket(await bench.wecomToken()))['ticket']).not.toBe(second['ticket'])
  })

  test('100 calls an hour for an app, 400 for a corp, then 45009', async () => {
    const token = await bench.wecomToken()
    for (let call = 0; call < 100; call++) expect((await appTicket(token))['errcode']).toBe(0)
    expect((await appTicket(token))['errcode']).toBe(45009)
    expect((await corpTicket(token))['errcode']).toBe(0)
    bench.clock.advance(HOUR)
    expect((await appTicket(token))['errcode']).toBe(0)
  })

  test('errors: no token 41001, a wrong one 40014, an unknown type 40058', async () => {
    expect((await bench.get(`${api}/get_jsapi_ticket`))['errcode']).toBe(41001)
    expect((await corpTicket('nonsense'))['errcode']).toBe(40014)
    expect((await appTicket(await bench.wecomToken(), 'jsapi'))['errcode']).toBe(40058)
  })
})

describe('OAuth (Q17)', () => {
  const query = (more: Record<string, string> = {}) => ({
    appid: CORPID,
    redirect_uri: PAGE,
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'a1b2',
    agentid: '1000002',
    ...more,
  })
  /** The page as a frame of the desk asks for it. */
  const authorize = (phone: string, more: Record<string, string> = {}) => {
    const host = `open-weixin-qq-com.${phone}.localhost`
    const { port } = new URL(bench.simulator.url)
    const path = `/connect/oauth2/authorize?${new URLSearchParams(query(more)).toString()}`
    return new Promise<{ location: string; text: string }>((resolve, reject) => {
      const asked = request({ port, path, headers: { host: `${host}:${port}` } }, (answer) => {
        let text = ''
        answer.on('data', (part: Buffer) => (text += part.toString()))
        answer.on('end', () => {
          resolve({ location: answer.headers.location ?? '', text })
        })
      })
      asked.on('error', reject)
      asked.end()
    })
  }
  const codeOf = async (phone: string, more?: Record<string, string>) =>
    new URL((await authorize(phone, more)).location).searchParams.get('code') ?? ''

  test('sends back silently, with code and state, to the frame of the same phone', async () => {
    const { location } = await authorize('lin-wecom')
    const url = new URL(location)
    expect(url.hostname).toBe('cards-example-com.lin-wecom.localhost')
    expect(url.searchParams.get('state')).toBe('a1b2')
    expect(url.searchParams.get('s')).toBe('1')
    const token = await bench.wecomToken()
    expect(await userInfo(token, url.searchParams.get('code') ?? '')).toEqual({
      errcode: 0,
      errmsg: 'ok',
      userid: 'LinXiao',
    })
  })

  test.each([
    [{ appid: 'ww404' }, 'appid'],
    [{ agentid: '1' }, 'agentid'],
    [{ response_type: 'token' }, 'response_type'],
    [{ scope: 'all' }, 'scope'],
    [{ state: 'with-a-dash' }, 'state'],
    [{ state: 'a'.repeat(129) }, 'state'],
    [{ redirect_uri: 'https://sub.cards.example.com/' }, 'redirect_uri'],
    [{ redirect_uri: 'https://cards.example.com:8443/' }, 'redirect_uri'],
    [{ redirect_uri: 'cards' }, 'redirect_uri'],
    [{ agentid: '1000003' }, 'redirect_uri'],
  ])('%j shows that %s is wrong, and gives no code', async (more, name) => {
    const { location, text } = await authorize('lin-wecom', more)
    expect(location).toBe('')
    expect(text).toContain(`${name} 参数错误`)
  })

  test('scheme and path of the redirect do not matter', () => {
    const phone = bench.world.phones.get('lin-wecom')
    for (const redirect_uri of ['http://cards.example.com/else', 'https://cards.example.com']) {
      const answer = authorizePage(bench.world, phone, query({ redirect_uri }))
      expect(answer).toEqual({ location: expect.stringContaining('code=') })
    }
  })

  test('outside a client it asks for one', async () => {
    const path = '/open.weixin.qq.com/connect/oauth2/authorize'
    expect(await (await fetch(bench.simulator.url + path)).text()).toContain(
      '请在微信客户端打开链接',
    )
  })

  test('a code works once, for five minutes, and for its own app: else 40029', async () => {
    const token = await bench.wecomToken()
    const used = await codeOf('lin-wecom')
    expect((await userInfo(token, used))['errcode']).toBe(0)
    expect((await userInfo(token, used))['errcode']).toBe(40029)
    const late = await codeOf('lin-wecom')
    bench.clock.advance(5 * MINUTE)
    expect((await userInfo(token, late))['errcode']).toBe(40029)
    const foreign = await codeOf('lin-wecom')
    expect((await userInfo(await tokenOf(other.secret), foreign))['errcode']).toBe(40029)
    expect((await userInfo(token, 'nonsense'))['errcode']).toBe(40029)
    expect((await userInfo(token, ''))['errcode']).toBe(41008)
  })

  test('a domain that is trusted no longer gets 50001, and the code is not used up', async () => {
    const token = await bench.wecomToken()
    const code = await codeOf('lin-wecom')
    await bench.client.setWeb({ home: 'https://else.example.com/' })
    expect((await userInfo(token, code))['errcode']).toBe(50001)
    await bench.client.setWeb({ home: PAGE })
    expect((await userInfo(token, code))['errcode']).toBe(0)
  })

  test('a member has a userid out of the visible range, too, and in WeChat; an outsider an openid', async () => {
    const token = await bench.wecomToken()
    await bench.client.setVisible('lin', false)
    expect(await userInfo(token, await codeOf('lin-wecom'))).toMatchObject({ userid: 'LinXiao' })
    expect(await userInfo(token, await codeOf('lin-wechat'))).toMatchObject({ userid: 'LinXiao' })
    await bench.client.addPerson({ id: 'guest', name: 'Guest' })
    await bench.client.addPhone({ id: 'guest-wechat', person: 'guest', client: 'wechat' })
    const outsider = await userInfo(token, await codeOf('guest-wechat'))
    expect(outsider).toMatchObject({ errcode: 0, openid: expect.stringMatching(/^oFAKE/) })
    expect(outsider['userid']).toBeUndefined()
  })
})

describe('web login in a desktop browser (Q34)', () => {
  const open = async (more: Record<string, string> = {}) => {
    const query = new URLSearchParams({
      login_type: 'CorpApp',
      appid: CORPID,
      agentid: '1000002',
      redirect_uri: PAGE,
      state: 'a1',
      ...more,
    })
    const path = `/login.work.weixin.qq.com/wwlogin/sso/login?${query.toString()}`
    return fetch(bench.simulator.url + path, { redirect: 'manual' })
  }

  test('offers the members inside the visible range, and sends back as the one who scanned', async () => {
    await bench.client.setVisible('zhou', false)
    const text = await (await open()).text()
    expect(text).toContain('林晓')
    expect(text).not.toContain('周远')
    const url = new URL((await open({ as: 'chen' })).headers.get('location') ?? '')
    expect(`${url.origin}${url.pathname}`).toBe('https://cards.example.com/h5/o')
    const code = url.searchParams.get('code') ?? ''
    expect(await userInfo(await bench.wecomToken(), code)).toMatchObject({ userid: 'ChenMo' })
    expect(await (await open({ as: 'zhou' })).text()).toContain('50002')
  })

  test.each([
    [{ login_type: 'ServiceApp' }, '-31040'],
    [{ appid: 'ww404' }, '-31027'],
    [{ agentid: '1' }, '-31028'],
    [{ redirect_uri: '' }, '-31035'],
    [{ redirect_uri: 'https://else.example.com/' }, '-31039'],
  ])('%j: %s', async (more, code) => {
    expect(await (await open(more as Record<string, string>)).text()).toContain(code)
  })
})

test('a world from before the web pages is taken, and one with them comes back', async () => {
  const state = (await bench.client.exportState()) as Record<string, unknown>
  const { web: _, ...older } = state
  await bench.client.importState(older)
  expect((await appTicket(await bench.wecomToken()))['errcode']).toBe(0)
  await bench.client.importState(state)
})

test('the signature is what the platform documents', () => {
  const ticket =
    'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg'
  const url = 'http://mp.weixin.qq.com?params=value'
  expect(jsapiSignature(ticket, 'Wm3WZYTPz0wzccnW', '1414587457', url)).toBe(
    '0f9de62fce790f9a083d5c99e95740ceb90c27ed',
  )
})
