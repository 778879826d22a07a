import { freshSimulator, type Bench } from '../../kit/fresh-simulator.js'

const PATH = '/api.weixin.qq.com/cgi-bin/message/wxopen/activityid/create'

describe('GET /cgi-bin/message/wxopen/activityid/create', () => {
  let bench: Bench
  beforeEach(async () => {
    bench = await freshSimulator()
  })
  afterEach(() => bench.close())

  it('should answer an activity_id as observed and an expiration in 24 h', async () => {
    const { openid } = await bench.logIn('lin-wechat')
    const answer = await bench.createActivity({ openid })
    expect(answer).toEqual({
      errcode: 0,
      errmsg: 'ok',
      activity_id: expect.stringMatching(/^1151_[\w-]{80}$/),
      expiration_time: Math.floor(bench.clock.now() / 1000) + 86_400,
    })
  })

  it('should answer another id every time', async () => {
    const { openid } = await bench.logIn('lin-wechat')
    const [a, b] = [await bench.createActivity({ openid }), await bench.createActivity({ openid })]
    expect(a['activity_id']).not.toBe(b['activity_id'])
  })

  it('should take a unionid instead of an openid', async () => {
    const { unionid } = await bench.logIn('lin-wechat')
    const { activity_id } = await bench.createActivity({ unionid })
    expect(bench.world.activities.get(activity_id)?.sharer).toBe('lin')
  })

  it('should bind the activity to the sharer in the query', async () => {
    const { openid } = await bench.logIn('lin-wechat')
    const { activity_id } = await bench.createActivity({ openid })
    expect(bench.world.activities.get(activity_id)?.sharer).toBe('lin')
  })

  it('should ignore a sharer in the body', async () => {
    const { openid } = await bench.logIn('lin-wechat')
    await bench.client.setSettings({ wechat: { activityCreateByPost: true } })
    const access_token = await bench.wechatToken()
    const { activity_id } = await bench.post(`${PATH}?access_token=${access_token}`, { openid })
    expect(bench.world.activities.get(activity_id)?.sharer).toBeNull()
  })

  it('should error when called by POST', async () => {
    const access_token = await bench.wechatToken()
    expect(await bench.post(`${PATH}?access_token=${access_token}`, {})).toMatchObject({
      errcode: 43001,
    })
  })

  it('should error when the openid is not known to this mini-program', async () => {
    expect(await bench.createActivity({ openid: 'oX' })).toMatchObject({ errcode: 40003 })
    expect(await bench.createActivity({ unionid: 'uX' })).toMatchObject({ errcode: 40003 })
  })

  it('should error when the access_token is missing', async () => {
    expect(await bench.get(PATH)).toMatchObject({ errcode: 41001 })
  })

  it('should error when the access_token was ended early', async () => {
    const access_token = await bench.wechatToken()
    await bench.client.invalidateTokens('wechat')
    expect(await bench.get(PATH, { access_token })).toMatchObject({ errcode: 40001 })
  })

  it('should mask the sharer and the token in the request record', async () => {
    const { openid } = await bench.logIn('lin-wechat')
    await bench.createActivity({ openid })
    const [record] = await bench.client.requests('wechat.activityid.create')
    expect(record?.query).toEqual({ access_token: '***', openid: '***' })
  })
})
