import { createHash } from 'node:crypto'
import { openOpenData, type OpenData } from '../../../src/crypto/open-data.js'
import { APPID, CORPID, freshSimulator, type Bench } from '../../kit/fresh-simulator.js'

let bench: Bench
beforeEach(async () => {
  bench = await freshSimulator()
})
afterEach(() => bench.close())

describe('wx.qy.getEnterpriseUserInfo', () => {
  const API = 'qy.getEnterpriseUserInfo'
  const key = () => bench.world.sessions.get('wecom', APPID, 'chen')?.key ?? ''

  it('should answer the name in clear, signed, and sealed with userid and watermark', async () => {
    await bench.logIn('chen-wecom')
    const res = await bench.ok('chen-wecom', API, {})
    expect(res['userInfo']).toEqual({ name: '陈默 Chen Mo', gender: 0, language: 'zh_CN' })
    const signed = createHash('sha1').update(`${String(res['rawData'])}${key()}`)
    expect(res['signature']).toBe(signed.digest('hex'))
    expect(JSON.parse(openOpenData(key(), res as unknown as OpenData))).toEqual({
      corpid: CORPID,
      userid: 'ChenMo',
      name: '陈默 Chen Mo',
      gender: 0,
      watermark: { appid: APPID, timestamp: Math.floor(bench.world.now() / 1000) },
    })
  })

  it('should fail before the login was exchanged, outside the visible range, and in WeChat', async () => {
    expect(await bench.fails('chen-wecom', API, {})).toMatchObject({ errCode: 42013 })
    await bench.logIn('chen-wecom')
    await bench.client.setVisible('chen', false)
    expect(await bench.fails('chen-wecom', API, {})).toMatchObject({ errCode: 50002 })
    await bench.fails('chen-wechat', API, {})
  })
})

describe('the keyboard of an input for nicknames', () => {
  const API = 'input.nickname'

  it('should offer the person’s own nickname in WeChat', async () => {
    expect(await bench.ok('chen-wechat', API, {})).toMatchObject({ nickname: '陈默 Chen Mo' })
  })

  it('should be a plain keyboard in WeCom and under an old base library', async () => {
    await bench.fails('chen-wecom', API, {})
    await bench.fails('chen-wechat-old', API, {})
  })

  it('should review what was written as the setting says', async () => {
    expect(await bench.ok('chen-wechat', API, { value: '小陈' })).toMatchObject({ pass: true })
    await bench.client.setSettings({ wechat: { nicknameReview: 'refuse' } })
    expect(await bench.ok('chen-wechat', API, { value: '小陈' })).toMatchObject({ pass: false })
  })
})
