import { FAKE_WECOM_SECRET } from '../../../src/fake-apps.js'
import { CORPID, freshSimulator, HOUR, MINUTE, type Bench } from '../../kit/fresh-simulator.js'

const GETTOKEN = '/qyapi.weixin.qq.com/cgi-bin/gettoken'
const CODE = '/qyapi.weixin.qq.com/cgi-bin/miniprogram/jscode2session'
const CALLBACK_IP = '/qyapi.weixin.qq.com/cgi-bin/getcallbackip'
const good = { corpid: CORPID, corpsecret: FAKE_WECOM_SECRET }

let bench: Bench
beforeEach(async () => {
  bench = await freshSimulator()
})
afterEach(() => bench.close())

describe('GET /cgi-bin/gettoken', () => {
  it('should answer a token for 7200 s with errcode 0', async () => {
    expect(await bench.get(GETTOKEN, good)).toEqual({
      errcode: 0,
      errmsg: 'ok',
      access_token: expect.any(String),
      expires_in: 7200,
    })
  })

  it('should repeat the token inside its validity', async () => {
    const first = await bench.wecomToken()
    bench.clock.advance(HOUR)
    expect(await bench.wecomToken()).toBe(first)
  })

  it('should answer a new token each time when the setting says so, and keep the old one valid', async () => {
    await bench.client.setSettings({ wecom: { gettoken: 'new' } })
    const first = await bench.wecomToken()
    expect(await bench.wecomToken()).not.toBe(first)
    expect(await bench.get(CALLBACK_IP, { access_token: first })).toMatchObject({ errcode: 0 })
  })

  it.each([
    [{ corpid: '' }, 41002],
    [{ corpid: 'ww9' }, 40013],
    [{ corpsecret: '' }, 41004],
    [{ corpsecret: 'x' }, 40001],
  ])('should error when given %p', async (wrong, errcode) => {
    const answer = await bench.get(GETTOKEN, { ...good, ...wrong })
    expect(answer['errcode']).toBe(errcode)
    expect(answer['errmsg']).toMatch(
      /, hint: \[\d+_\d+_[0-9a-f]{32}\], from ip: .+, more info at https:.*\?e=\d+$/,
    )
  })

  it('should error when the secret is another corp’s', async () => {
    bench.world.wecomApps().push({
      corpid: 'ww0000000000000002',
      agentid: 1,
      secret: 'other-corp',
      miniProgram: null,
      outOfRange: [],
    })
    expect(await bench.get(GETTOKEN, { ...good, corpsecret: 'other-corp' })).toMatchObject({
      errcode: 40091,
    })
  })

  it('should mask secrets in the request record', async () => {
    await bench.get(GETTOKEN, good)
    const [record] = await bench.client.requests('wecom.gettoken')
    expect(record).toMatchObject({ query: { corpid: CORPID, corpsecret: '***' }, errcode: 0 })
  })
})

describe('GET /cgi-bin/miniprogram/jscode2session', () => {
  const call = async (more: Record<string, string> = {}) =>
    bench.get(CODE, {
      access_token: await bench.wecomToken(),
      grant_type: 'authorization_code',
      js_code: await bench.code('lin-wecom'),
      ...more,
    })

  it('should answer corpid, userid and session_key', async () => {
    expect(await call()).toEqual({
      errcode: 0,
      errmsg: 'ok',
      corpid: CORPID,
      userid: 'LinXiao',
      session_key: expect.stringMatching(/^[A-Za-z0-9+/]{22}==$/),
    })
  })

  it.each([
    ['access_token', '', 41001],
    ['access_token', 'x', 40014],
    ['grant_type', '', 40002],
    ['js_code', '', 41008],
    ['js_code', 'x', 40029],
  ])('should error when %s is %p', async (name, value, errcode) => {
    expect(await call({ [name]: value })).toMatchObject({ errcode })
  })

  it('should error when the token is WeChat’s', async () => {
    expect(await call({ access_token: await bench.wechatToken() })).toMatchObject({
      errcode: 40014,
    })
  })

  it('should error when the token has expired or was ended early', async () => {
    const access_token = await bench.wecomToken()
    bench.clock.advance(2 * HOUR)
    expect(await call({ access_token })).toMatchObject({ errcode: 42001 })
    const next = await bench.wecomToken()
    await bench.client.invalidateTokens('wecom')
    expect(await call({ access_token: next })).toMatchObject({ errcode: 40014 })
  })

  it('should error when the code was used or is 5 minutes old', async () => {
    const js_code = await bench.code('lin-wecom')
    expect(await call({ js_code })).toMatchObject({ errcode: 0 })
    expect(await call({ js_code })).toMatchObject({ errcode: 40029 })
    const old = await bench.code('lin-wecom')
    bench.clock.advance(5 * MINUTE)
    expect(await call({ js_code: old })).toMatchObject({ errcode: 40029 })
  })

  it('should error when the code is WeChat’s', async () => {
    expect(await call({ js_code: await bench.code('lin-wechat') })).toMatchObject({
      errcode: 40029,
    })
  })

  it('should error when the member is outside the visible range', async () => {
    await bench.client.setVisible('lin', false)
    expect(await call()).toMatchObject({ errcode: 50002 })
    await bench.client.setVisible('lin', true)
    expect(await call()).toMatchObject({ errcode: 0 })
  })

  it('should error when the token is of an app that the mini-program is not linked to', async () => {
    const [app] = bench.world.wecomApps()
    if (app) app.miniProgram = null
    expect(await call()).toMatchObject({ errcode: 90206 })
    if (app) app.miniProgram = 'wx0000000000000009'
    expect(await call()).toMatchObject({ errcode: 40014 })
  })

  it('should make the new session_key valid only when the code is exchanged', async () => {
    const first = (await bench.logIn('lin-wecom'))['session_key'] as string
    await bench.client.setSettings({ wecom: { loginRotation: 'always' } })
    const valid = () => bench.world.sessions.get('wecom', 'wx0000000000000001', 'lin')?.key
    const js_code = await bench.code('lin-wecom')
    expect(valid()).toBe(first)
    const second = (await bench.wecomExchange(js_code))['session_key']
    expect(second).not.toBe(first)
    expect(valid()).toBe(second)
  })
})

describe('GET /cgi-bin/getcallbackip', () => {
  it('should answer addresses reserved for documentation', async () => {
    const access_token = await bench.wecomToken()
    const answer = await bench.get(CALLBACK_IP, { access_token })
    expect(answer).toMatchObject({
      errcode: 0,
      ip_list: [expect.stringMatching(/^192\.0\.2\./), expect.anything()],
    })
  })

  it('should error without a token', async () => {
    expect(await bench.get(CALLBACK_IP)).toMatchObject({ errcode: 41001 })
  })
})
