import { APPID, freshSimulator, type Bench } from '../kit/fresh-simulator.js'

const SEND = '/api.weixin.qq.com/cgi-bin/message/subscribe/send'
const API = 'requestSubscribeMessage'
const LIN = 'lin-wechat'

let bench: Bench
let openid: string
let template: { id: string; title: string; keywords: string[] }
beforeEach(async () => {
  bench = await freshSimulator()
  ;({ openid } = await bench.logIn(LIN))
  ;[template] = bench.world.settings.wechat.templates as [typeof template]
})
afterEach(() => bench.close())

const ask = (tmplIds: unknown = [template.id], phone = LIN) =>
  bench.phone(phone).wx(API, { tmplIds })
const message = (change: object = {}) => ({
  touser: openid,
  template_id: template.id,
  page: 'pages/card/index?id=1',
  data: {
    thing1: { value: '季度奖金' },
    thing2: { value: '陈默 7K3Q9F' },
    time3: { value: '2026-01-31 16:00' },
  },
  ...change,
})
const send = async (body: object | string = message(), token?: string) =>
  bench.post(`${SEND}?access_token=${token ?? (await bench.wechatToken())}`, body)
const notices = async (phone = LIN) =>
  (await bench.client.messagesOf(phone)).flatMap(({ lines }) => lines)

describe('wx.requestSubscribeMessage', () => {
  it('should answer for each template what the person chose', async () => {
    const [one, two, three] = bench.world.settings.wechat.templates
    await bench.client.setSettings({
      wechat: { subscribeAnswers: { [two?.id ?? '']: 'reject', [three?.id ?? '']: 'ban' } },
    })
    const ids = [one?.id ?? '', two?.id ?? '', three?.id ?? '']
    expect(await ask(ids)).toEqual({
      ok: true,
      res: {
        [ids[0] ?? '']: 'accept',
        [ids[1] ?? '']: 'reject',
        [ids[2] ?? '']: 'ban',
        errMsg: 'requestSubscribeMessage:ok',
      },
    })
  })

  it.each<[string, unknown, number]>([
    ['no template', [], 10001],
    ['no list', 'x', 10004],
    ['a number', [1], 10004],
    ['an unknown template', ['x'], 20001],
    ['more than five', Array(6).fill('x'), 20003],
  ])('should fail for %s', async (_, ids, errCode) => {
    expect(await ask(ids)).toMatchObject({ ok: false, res: { errCode } })
  })

  it('should fail while the main switch is off, and in WeCom', async () => {
    await bench.client.setSettings({ wechat: { subscribeSwitch: false } })
    expect(await ask()).toMatchObject({ ok: false, res: { errCode: 20004 } })
    expect(await ask([template.id], 'lin-wecom')).toMatchObject({ ok: false, res: { errno: 100 } })
  })
})

describe('POST /cgi-bin/message/subscribe/send', () => {
  it('should show a service notice that opens the page, on the WeChat phones of the person', async () => {
    await ask()
    expect(await send()).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await notices()).toEqual([
      {
        kind: 'card',
        id: expect.any(String),
        at: bench.world.now(),
        card: {
          card_type: 'text_notice',
          main_title: { title: template.title },
          horizontal_content_list: [
            { keyname: 'thing1', value: '季度奖金' },
            { keyname: 'thing2', value: '陈默 7K3Q9F' },
            { keyname: 'time3', value: '2026-01-31 16:00' },
          ],
          card_action: { type: 2, appid: APPID, pagepath: 'pages/card/index?id=1' },
        },
      },
    ])
    expect(await notices('lin-wecom')).toEqual([])
    expect(await notices('chen-wechat')).toEqual([])
  })

  it('should take one message for each acceptance', async () => {
    await ask()
    await ask()
    expect([await send(), await send(), await send()]).toMatchObject([
      { errcode: 0 },
      { errcode: 0 },
      { errcode: 43101, errmsg: expect.stringMatching(/^user refuse to accept the msg, rid: /) },
    ])
  })

  it('should be refused where the person refused, switched it off, or the template is closed', async () => {
    await bench.client.setSettings({ wechat: { subscribeAnswers: { [template.id]: 'reject' } } })
    await ask()
    expect(await send()).toMatchObject({ errcode: 43101 })
    await bench.client.setSettings({ wechat: { subscribeAnswers: {} } })
    await ask()
    await bench.client.setSettings({ wechat: { subscribeSwitch: false } })
    expect(await send()).toMatchObject({ errcode: 43101 })
    await bench.client.setSettings({
      wechat: { subscribeSwitch: true, subscribeAnswers: { [template.id]: 'ban' } },
    })
    expect(await send()).toMatchObject({ errcode: 43101 })
  })

  const data = (change: object) => ({ ...message().data, ...change })
  it.each<[string, () => object | string, number]>([
    ['an unknown openid', () => message({ touser: 'nobody' }), 40003],
    ['an unknown template', () => message({ template_id: 'x' }), 40037],
    ['a missing keyword', () => message({ data: data({ thing1: undefined }) }), 47003],
    ['an empty value', () => message({ data: data({ thing1: { value: '' } }) }), 47003],
    ['21 characters', () => message({ data: data({ thing1: { value: '字'.repeat(21) } }) }), 47003],
    ['a time in words', () => message({ data: data({ time3: { value: '明天' } }) }), 47003],
    ['no data', () => message({ data: undefined }), 47003],
    ['a page of the web', () => message({ page: 'https://x' }), 41030],
    ['no JSON', () => '{', 47001],
  ])('should error for %s, and use up no acceptance', async (_, body, errcode) => {
    await ask()
    expect(await send(body())).toMatchObject({ errcode })
    expect(await send()).toMatchObject({ errcode: 0 })
  })

  it('should error when the token is missing or wrong', async () => {
    expect(await send(message(), '')).toMatchObject({ errcode: 41001 })
    expect(await send(message(), 'x')).toMatchObject({ errcode: 40014 })
  })
})
