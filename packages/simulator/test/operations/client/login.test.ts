import { DAY, freshSimulator, MINUTE, type Bench } from '../../kit/fresh-simulator.js'

let bench: Bench
beforeEach(async () => {
  bench = await freshSimulator()
})
afterEach(() => bench.close())

describe('wx.login and wx.checkSession', () => {
  it('should answer a code and login:ok', async () => {
    expect(await bench.ok('lin-wechat', 'login')).toEqual({
      code: expect.any(String),
      errMsg: 'login:ok',
    })
  })

  it('should work in WeCom with the WeChat identity', async () => {
    const { openid } = await bench.logIn('lin-wechat')
    const { code } = await bench.ok('lin-wecom', 'login')
    expect((await bench.wechatExchange(code as string))['openid']).toBe(openid)
  })

  it('should fail for a person without a WeChat account', async () => {
    await bench.client.addPerson({ id: 'wu', name: '吴', wechat: false, wecomUserid: 'Wu' })
    await bench.client.addPhone({ id: 'wu-wecom', person: 'wu', client: 'wecom' })
    expect((await bench.fails('wu-wecom', 'login'))['errMsg']).toMatch(/^login:fail /)
  })

  it('should fail checkSession before the first login', async () => {
    expect((await bench.fails('lin-wechat', 'checkSession'))['errMsg']).toMatch(
      /^checkSession:fail /,
    )
  })

  it('should pass checkSession after wx.login, exchanged or not', async () => {
    await bench.code('lin-wechat')
    expect(await bench.ok('lin-wechat', 'checkSession')).toEqual({ errMsg: 'checkSession:ok' })
  })

  it('should fail checkSession when another device rotated the key', async () => {
    await bench.logIn('lin-wechat')
    await bench.client.rotateSessionKey({ client: 'wechat', person: 'lin' })
    await bench.fails('lin-wechat', 'checkSession')
    await bench.code('lin-wechat')
    await bench.ok('lin-wechat', 'checkSession')
  })

  it('should let a session end when it is not used, and extend it by use', async () => {
    await bench.logIn('lin-wechat')
    bench.clock.advance(2 * DAY)
    await bench.ok('lin-wechat', 'checkSession')
    bench.clock.advance(3 * DAY - 1)
    await bench.ok('lin-wechat', 'checkSession')
    bench.clock.advance(3 * DAY)
    await bench.fails('lin-wechat', 'checkSession')
  })
})

describe('wx.qy.login and wx.qy.checkSession', () => {
  it('should answer with the native prefix, which a setting takes away', async () => {
    expect((await bench.ok('lin-wecom', 'qy.login'))['errMsg']).toBe('qy__login:ok')
    await bench.client.setSettings({ wecom: { errMsgPrefix: '' } })
    expect((await bench.ok('lin-wecom', 'qy.login'))['errMsg']).toBe('login:ok')
  })

  it('should not exist in WeChat', async () => {
    expect(await bench.fails('lin-wechat', 'qy.login')).toMatchObject({ errno: 100 })
    expect(await bench.fails('lin-wechat', 'qy.checkSession')).toMatchObject({ errno: 100 })
  })

  it('should fail checkSession until the server exchanged the code', async () => {
    const code = await bench.code('lin-wecom')
    expect(await bench.fails('lin-wecom', 'qy.checkSession')).toMatchObject({ errCode: 42013 })
    await bench.wecomExchange(code)
    expect(await bench.ok('lin-wecom', 'qy.checkSession')).toEqual({
      expireIn: 3 * 86_400,
      errMsg: 'qy__checkSession:ok',
    })
  })

  it('should keep the old session while a second login waits for its exchange', async () => {
    await bench.logIn('lin-wecom')
    bench.clock.advance(5 * MINUTE)
    await bench.code('lin-wecom')
    await bench.ok('lin-wecom', 'qy.checkSession')
  })

  it('should fail checkSession when the session was ended', async () => {
    await bench.logIn('lin-wecom')
    await bench.client.expireSession({ client: 'wecom', person: 'lin' })
    expect(await bench.fails('lin-wecom', 'qy.checkSession')).toMatchObject({ errCode: 42013 })
  })
})

describe('an API that is not simulated', () => {
  it('should answer 501 with the closest one', async () => {
    await expect(bench.phone('lin-wechat').wx('getShareInf')).rejects.toMatchObject({
      status: 501,
      refusal: { error: 'not_simulated', message: expect.stringContaining('wx.getShareInfo') },
    })
  })
})
