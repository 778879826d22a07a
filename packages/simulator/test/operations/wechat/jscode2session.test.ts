import { FAKE_WECHAT_SECRET } from '../../../src/fake-apps.js'
import { APPID, freshSimulator, MINUTE, type Bench } from '../../kit/fresh-simulator.js'

const PATH = '/api.weixin.qq.com/sns/jscode2session'
const good = { grant_type: 'authorization_code', appid: APPID, secret: FAKE_WECHAT_SECRET }

describe('GET /sns/jscode2session', () => {
  let bench: Bench
  beforeEach(async () => {
    bench = await freshSimulator()
  })
  afterEach(() => bench.close())

  it('should answer openid, unionid and a session_key of 16 bytes, without errcode', async () => {
    const answer = await bench.logIn('lin-wechat')
    expect(answer).toEqual({
      openid: expect.stringMatching(/^o.{27}$/),
      unionid: expect.any(String),
      session_key: expect.stringMatching(/^[A-Za-z0-9+/]{22}==$/),
    })
  })

  it('should answer the same openid for the same person and another for another', async () => {
    const [a, b] = [await bench.logIn('lin-wechat'), await bench.logIn('lin-wechat')]
    expect(b['openid']).toBe(a['openid'])
    expect((await bench.logIn('chen-wechat'))['openid']).not.toBe(a['openid'])
  })

  it('should leave unionid out when the mini-program is not bound to an Open Platform account', async () => {
    const [app] = bench.world.wechatApps()
    if (app) app.openPlatform = false
    expect(await bench.logIn('lin-wechat')).not.toHaveProperty('unionid')
  })

  it('should error when the code was used', async () => {
    const code = await bench.code('lin-wechat')
    await bench.wechatExchange(code)
    const answer = await bench.wechatExchange(code)
    expect(answer['errcode']).toBe(40163)
    expect(answer['errmsg']).toMatch(/^code been used, rid: /)
  })

  it('should error when the code is 5 minutes old', async () => {
    const [early, late] = [await bench.code('lin-wechat'), await bench.code('lin-wechat')]
    bench.clock.advance(5 * MINUTE - 1)
    expect(await bench.wechatExchange(early)).toHaveProperty('openid')
    bench.clock.advance(1)
    expect(await bench.wechatExchange(late)).toMatchObject({ errcode: 40029 })
  })

  it('should error when the code is unknown', async () => {
    expect(await bench.wechatExchange('nonsense')).toMatchObject({ errcode: 40029 })
  })

  it('should error when the code is a WeCom one', async () => {
    const code = await bench.code('lin-wecom')
    expect(await bench.wechatExchange(code)).toMatchObject({ errcode: 40029 })
  })

  it('should error when the code is missing', async () => {
    expect(await bench.get(PATH, good)).toMatchObject({ errcode: 41008 })
  })

  it.each([
    [{ appid: '' }, 41002],
    [{ appid: 'wx9' }, 40013],
    [{ secret: '' }, 41004],
    [{ secret: 'x' }, 40125],
    [{ grant_type: 'client_credential' }, 40002],
  ])('should error when given %p, leaving the code usable', async (wrong, errcode) => {
    const js_code = await bench.code('lin-wechat')
    expect(await bench.get(PATH, { ...good, js_code, ...wrong })).toMatchObject({ errcode })
    expect(await bench.wechatExchange(js_code)).toHaveProperty('session_key')
  })

  it('should keep the session_key of logins inside the rotation interval, then rotate it', async () => {
    const first = (await bench.logIn('lin-wechat'))['session_key']
    bench.clock.advance(5 * MINUTE - 1)
    expect((await bench.logIn('lin-wechat'))['session_key']).toBe(first)
    bench.clock.advance(1)
    expect((await bench.logIn('lin-wechat'))['session_key']).not.toBe(first)
  })

  it('should rotate at every login, or never, when the setting says so', async () => {
    await bench.client.setSettings({ wechat: { loginRotation: 'always' } })
    const first = (await bench.logIn('lin-wechat'))['session_key']
    const second = (await bench.logIn('lin-wechat'))['session_key']
    expect(second).not.toBe(first)
    await bench.client.setSettings({ wechat: { loginRotation: 'never' } })
    bench.clock.advance(60 * MINUTE)
    expect((await bench.logIn('lin-wechat'))['session_key']).toBe(second)
  })
})
