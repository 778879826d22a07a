import { FAKE_WECHAT_SECRET } from '../../../src/fake-apps.js'
import { APPID, DAY, freshSimulator, HOUR, MINUTE, type Bench } from '../../kit/fresh-simulator.js'

const PATH = '/api.weixin.qq.com/cgi-bin/stable_token'
const good = { grant_type: 'client_credential', appid: APPID, secret: FAKE_WECHAT_SECRET }

describe('POST /cgi-bin/stable_token', () => {
  let bench: Bench
  beforeEach(async () => {
    bench = await freshSimulator()
  })
  afterEach(() => bench.close())

  const call = (more: Record<string, unknown> = {}) => bench.post(PATH, { ...good, ...more })
  const use = (access_token: string) =>
    bench.get('/api.weixin.qq.com/cgi-bin/message/wxopen/activityid/create', { access_token })

  it('should repeat the same token with the remaining seconds', async () => {
    const first = await call()
    expect(first['expires_in']).toBe(7200)
    bench.clock.advance(100_500)
    const second = await call({ force_refresh: false })
    expect(second).toEqual({ access_token: first['access_token'], expires_in: 7099 })
  })

  it('should rotate 5 minutes before expiry, the old token living on until it expires', async () => {
    const first = (await call())['access_token']
    bench.clock.advance(2 * HOUR - 5 * MINUTE)
    const second = (await call())['access_token']
    expect(second).not.toBe(first)
    expect(await use(first)).toMatchObject({ errcode: 0 })
    bench.clock.advance(5 * MINUTE)
    expect(await use(first)).toMatchObject({ errcode: 42001 })
    expect(await use(second)).toMatchObject({ errcode: 0 })
  })

  it('should invalidate the previous token on a forced refresh', async () => {
    const first = (await call())['access_token']
    const second = (await call({ force_refresh: true }))['access_token']
    expect(await use(first)).toMatchObject({ errcode: 40001 })
    expect(await use(second)).toMatchObject({ errcode: 0 })
  })

  it('should error when forced refreshes come less than 30 s apart', async () => {
    await call({ force_refresh: true })
    bench.clock.advance(29_999)
    expect(await call({ force_refresh: true })).toMatchObject({ errcode: 45011 })
    bench.clock.advance(1)
    expect(await call({ force_refresh: true })).toMatchObject({ expires_in: 7200 })
  })

  it('should error on the 21st forced refresh of a day, and allow it the next day', async () => {
    for (let i = 0; i < 20; i++) {
      expect(await call({ force_refresh: true })).toMatchObject({ expires_in: 7200 })
      bench.clock.advance(30_000)
    }
    expect(await call({ force_refresh: true })).toMatchObject({ errcode: 45009 })
    expect(await call()).toHaveProperty('access_token')
    bench.clock.advance(DAY)
    expect(await call({ force_refresh: true })).toMatchObject({ expires_in: 7200 })
  })

  it('should error when called by GET', async () => {
    expect(await bench.get(PATH, good)).toMatchObject({ errcode: 43002 })
  })

  it('should error when the body is empty', async () => {
    expect(await bench.post(PATH, '')).toMatchObject({ errcode: 44002 })
  })

  it('should error when the body is not a JSON object', async () => {
    expect(await bench.post(PATH, '{')).toMatchObject({ errcode: 47001 })
    expect(await bench.post(PATH, '[]')).toMatchObject({ errcode: 47001 })
    expect(await bench.post(PATH, 'null')).toMatchObject({ errcode: 47001 })
  })

  it.each([
    ['appid', undefined, 41002],
    ['appid', 'wx9', 40013],
    ['grant_type', undefined, 40002],
    ['secret', undefined, 41004],
    ['secret', 'x', 40125],
    ['secret', 7, 41004],
  ])('should error when %s is %p', async (name, value, errcode) => {
    expect(await call({ [name]: value })).toMatchObject({ errcode })
  })
})
