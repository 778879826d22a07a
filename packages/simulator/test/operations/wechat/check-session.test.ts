import { createHmac } from 'node:crypto'
import { DAY, freshSimulator, type Bench } from '../../kit/fresh-simulator.js'

const CHECK = '/api.weixin.qq.com/wxa/checksession'
const RESET = '/api.weixin.qq.com/wxa/resetusersessionkey'
const sign = (key: string | Buffer) => createHmac('sha256', key).update('').digest('hex')

describe('GET /wxa/checksession and /wxa/resetusersessionkey', () => {
  let bench: Bench
  let openid: string
  let session_key: string
  beforeEach(async () => {
    bench = await freshSimulator()
    ;({ openid, session_key } = (await bench.logIn('lin-wechat')) as Record<string, string> as {
      openid: string
      session_key: string
    })
  })
  afterEach(() => bench.close())

  const call = async (path: string, more: Record<string, string> = {}) =>
    bench.get(path, {
      access_token: await bench.wechatToken(),
      openid,
      sig_method: 'hmac_sha256',
      signature: sign(session_key),
      ...more,
    })

  it('should accept the current session_key', async () => {
    expect(await call(CHECK)).toEqual({ errcode: 0, errmsg: 'ok' })
  })

  it('should error when the key was rotated', async () => {
    await bench.client.rotateSessionKey({ client: 'wechat', person: 'lin' })
    expect(await call(CHECK)).toMatchObject({ errcode: 87009 })
  })

  it('should error when the signature is wrong or missing', async () => {
    expect(await call(CHECK, { signature: sign('x') })).toMatchObject({ errcode: 87009 })
    expect(await call(CHECK, { signature: '' })).toMatchObject({ errcode: 87009 })
  })

  it('should take the key as decoded bytes when the setting says so', async () => {
    await bench.client.setSettings({ wechat: { checkSessionKeyForm: 'decoded-bytes' } })
    expect(await call(CHECK)).toMatchObject({ errcode: 87009 })
    const signature = sign(Buffer.from(session_key, 'base64'))
    expect(await call(CHECK, { signature })).toMatchObject({ errcode: 0 })
  })

  it('should error when sig_method is another', async () => {
    expect(await call(CHECK, { sig_method: 'sha1' })).toMatchObject({ errcode: 87008 })
  })

  it('should error when the openid is missing or unknown', async () => {
    expect(await call(CHECK, { openid: '' })).toMatchObject({ errcode: 40003 })
    expect(await call(CHECK, { openid: 'oX' })).toMatchObject({ errcode: 40003 })
  })

  it('should error when the access_token is missing', async () => {
    expect(await call(CHECK, { access_token: '' })).toMatchObject({ errcode: 41001 })
  })

  it('should reset: the old key dies, the new one works', async () => {
    const answer = await call(RESET)
    expect(answer).toMatchObject({ errcode: 0, errmsg: 'ok', openid })
    expect(await call(CHECK)).toMatchObject({ errcode: 87009 })
    const signature = sign(answer['session_key'] as string)
    expect(await call(CHECK, { signature })).toMatchObject({ errcode: 0 })
  })

  it('should let the new key inherit the old expiry', async () => {
    bench.clock.advance(2 * DAY)
    const signature = sign((await call(RESET))['session_key'] as string)
    bench.clock.advance(DAY - 1)
    expect(await call(CHECK, { signature })).toMatchObject({ errcode: 0 })
    bench.clock.advance(1)
    expect(await call(CHECK, { signature })).toMatchObject({ errcode: 87009 })
    expect(await call(RESET, { signature })).toMatchObject({ errcode: 87007 })
  })

  it('should error when resets of one user are too frequent', async () => {
    await bench.client.setSettings({ wechat: { sessionResetIntervalMs: 1000 } })
    expect(await call(RESET)).toMatchObject({ errcode: 45011 })
  })

  it('should error when called by POST', async () => {
    expect(await bench.post(CHECK, {})).toMatchObject({ errcode: 43001 })
  })
})
