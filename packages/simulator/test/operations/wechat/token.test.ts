import { FAKE_WECHAT_SECRET } from '../../../src/fake-apps.js'
import { APPID, freshSimulator, HOUR, MINUTE, type Bench } from '../../kit/fresh-simulator.js'

const PATH = '/api.weixin.qq.com/cgi-bin/token'
const good = { grant_type: 'client_credential', appid: APPID, secret: FAKE_WECHAT_SECRET }

describe('GET /cgi-bin/token', () => {
  let bench: Bench
  beforeEach(async () => {
    bench = await freshSimulator()
  })
  afterEach(() => bench.close())

  const call = (query: Record<string, string>) => bench.get(PATH, query)
  const without = (name: keyof typeof good) =>
    call(Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)))
  const use = (access_token: string) =>
    bench.get('/api.weixin.qq.com/cgi-bin/message/wxopen/activityid/create', { access_token })

  it('should answer a token for 7200 s and no errcode', async () => {
    const answer = await call(good)
    expect(answer).toEqual({ access_token: expect.any(String), expires_in: 7200 })
    expect(await use(answer['access_token'])).toMatchObject({ errcode: 0 })
  })

  it('should answer business errors with HTTP 200', async () => {
    const answer = await fetch(`${bench.simulator.url}${PATH}`)
    expect(answer.status).toBe(200)
  })

  it('should error when the appid is missing', async () => {
    expect(await without('appid')).toMatchObject({ errcode: 41002 })
  })

  it('should error when the appid is unknown', async () => {
    const answer = await call({ ...good, appid: 'wx0000000000000009' })
    expect(answer['errcode']).toBe(40013)
    expect(answer['errmsg']).toMatch(/^invalid appid, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
  })

  it('should check the appid before grant_type', async () => {
    expect(await call({ appid: 'wx9', grant_type: 'x' })).toMatchObject({ errcode: 40013 })
  })

  it('should error when grant_type is wrong', async () => {
    expect(await call({ ...good, grant_type: 'x' })).toMatchObject({ errcode: 40002 })
    expect(await without('grant_type')).toMatchObject({ errcode: 40002 })
  })

  it('should error when the secret is missing', async () => {
    expect(await without('secret')).toMatchObject({ errcode: 41004 })
  })

  it('should error when the secret is wrong', async () => {
    expect(await call({ ...good, secret: 'x' })).toMatchObject({ errcode: 40125 })
  })

  it('should error when called by POST', async () => {
    expect(await bench.post(PATH, good)).toMatchObject({ errcode: 43001 })
  })

  it('should accept the previous token for 5 minutes and refuse it from then on', async () => {
    const first = (await call(good))['access_token']
    const second = (await call(good))['access_token']
    expect(second).not.toBe(first)
    bench.clock.advance(5 * MINUTE - 1)
    expect(await use(first)).toMatchObject({ errcode: 0 })
    bench.clock.advance(1)
    const answer = await use(first)
    expect(answer['errcode']).toBe(40001)
    expect(answer['errmsg']).toMatch(/^invalid credential, access_token is invalid or not latest/)
    expect(await use(second)).toMatchObject({ errcode: 0 })
  })

  it('should let a token expire after 2 hours', async () => {
    const token = (await call(good))['access_token']
    bench.clock.advance(2 * HOUR - 1)
    expect(await use(token)).toMatchObject({ errcode: 0 })
    bench.clock.advance(1)
    expect(await use(token)).toMatchObject({ errcode: 42001 })
  })

  it('should not touch the stable token', async () => {
    const stable = await bench.wechatToken()
    await call(good)
    await call(good)
    bench.clock.advance(10 * MINUTE)
    expect(await use(stable)).toMatchObject({ errcode: 0 })
  })

  it('should distinguish a missing, a malformed and a foreign token', async () => {
    expect(await use('')).toMatchObject({ errcode: 41001 })
    expect(await use('short')).toMatchObject({ errcode: 40014 })
    expect(await use('x'.repeat(150))).toMatchObject({ errcode: 40001 })
    expect(await use(await bench.wecomToken())).toMatchObject({ errcode: 40001 })
  })
})
