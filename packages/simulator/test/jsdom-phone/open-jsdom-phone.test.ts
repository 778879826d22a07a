import path from 'node:path'
import type { ChatCard, EnterOptions, Phone, ShareCall, WxCall } from '../../src/contract.js'
import { openJsdomPhone, type JsdomPhone, type PhoneLink } from '../../src/jsdom-phone/index.js'
import { buildWeapp } from '../../src/weapp/index.js'

const fixture = path.resolve(import.meta.dirname, '../fixture-weapp')

const wechat: Phone = {
  id: 'lin',
  person: 'lin',
  client: 'wechat',
  platform: 'ios',
  version: '8.0.50',
  sdkVersion: '3.8.0',
  language: 'zh_CN',
}
const wecom: Phone = { ...wechat, client: 'wecom', version: '4.1.30' }

const enter = (more: Partial<EnterOptions> = {}): EnterOptions => ({
  path: 'pages/index/index',
  query: {},
  scene: 1001,
  referrerInfo: {},
  apiCategory: 'default',
  ...more,
})

const stubLink = () => {
  const calls: [api: string, call: WxCall][] = []
  const shares: ShareCall[] = []
  const link: PhoneLink = {
    wx: async (api, call) => {
      calls.push([api, call])
      const res = { errMsg: `${api}:ok`, code: 'CODE', valid: true, shareTicket: 'T-QY' }
      return { ok: true, res }
    },
    request: async ({ body }) => ({
      ok: true,
      res: {
        errMsg: 'request:ok',
        statusCode: 200,
        header: {},
        body: JSON.stringify({ name: JSON.parse(body ?? '{}').code }),
      },
    }),
    share: async (call) => {
      shares.push(call)
      return { id: 'card-1' } as ChatCard
    },
    forward: async () => ({ id: 'card-2' }) as ChatCard,
    open: async () => enter(),
    chatCalled: async (title) => title,
    describe: async () => wechat,
  }
  return { link, calls, shares }
}

let phone: JsdomPhone
afterEach(() => phone.close())

const open = async (on: Phone, link: PhoneLink, options: Partial<EnterOptions> = {}) => {
  phone = await openJsdomPhone({
    bundle: await buildWeapp(fixture),
    link,
    phone: on,
    timeout: 20_000,
  })
  phone.launch(enter(options))
  return phone
}

test('a note is written, declared private and shared', async () => {
  const { link, calls, shares } = stubLink()
  await open(wechat, link)
  await phone.fill('标题', '晚餐')
  await phone.fill('正文', '七点')
  await phone.tap('私密')
  await phone.waitForText('只有收到的人能看')
  await phone.tap('写好了')
  await phone.waitForText('1 条')
  await phone.tap('1. 晚餐')
  await phone.tap('分享')
  await phone.share('顾薇')
  expect(calls.map(([api]) => api)).toEqual(['updateShareMenu'])
  expect(calls[0]?.[1]).toEqual({
    page: 'pages/index/index#1',
    args: { withShareTicket: true, isPrivateMessage: true, activityId: 'activity-n1' },
  })
  expect(shares).toEqual([
    {
      page: 'pages/index/index#1',
      from: 'button',
      chat: '顾薇',
      share: { title: '给你的便笺', path: '/pages/open/index?s=n1' },
    },
  ])
  expect(phone.errors).toEqual([])
})

test('the share button cannot be pressed before it is enabled', async () => {
  const { link } = stubLink()
  await open(wechat, link)
  expect(phone.screenTree()).toContain('button "分享" [disabled]')
})

test('a card opened cold and another opened warm bring their own tickets', async () => {
  const { link } = stubLink()
  const card = (s: string, shareTicket: string) => ({
    path: 'pages/open/index',
    query: { s },
    scene: 1044,
    shareTicket,
  })
  await open(wechat, link, card('a', 'T1'))
  await phone.waitForText('票据 T1')
  await phone.waitForText('是收件人')
  phone.launch(enter(card('b', 'T2')))
  await phone.waitForText('票据 T2')
  expect(phone.text()).toContain('编号 b')
  expect(phone.title()).toBe('一张便笺')
})

test('what was stored is there after a cold start', async () => {
  const { link } = stubLink()
  const storage = new Map<string, string>()
  const start = async () => {
    const bundle = await buildWeapp(fixture)
    phone = await openJsdomPhone({ bundle, link, phone: wechat, storage, timeout: 20_000 })
    phone.launch(enter())
  }
  await start()
  await phone.fill('标题', '一')
  await phone.tap('写好了')
  phone.close()
  await start()
  await phone.waitForText('1. 一')
})

test('a phone with WeCom has wx.qy, and WeChat has not', async () => {
  const { link, calls } = stubLink()
  await open(wecom, link, { path: 'pages/open/index', query: { s: 'a' } })
  await phone.waitForText('是收件人')
  expect(calls.map(([api]) => api)).toEqual(['qy.getContext', 'qy.login', 'qy.getShareInfo'])
})

test('a date is picked in a field that has the name of its picker, before and after', async () => {
  const { link } = stubLink()
  await open(wechat, link)
  for (const day of ['2026-03-01', '2026-04-02']) {
    await phone.fill('日子', day)
    await phone.waitForText(`日子 ${day}`)
  }
  const field = await phone.waitFor(() => phone.field('日子'), 'the field')
  expect(field.type).toBe('date')
  expect(field.min).toBe('2026-01-01')
  expect(phone.errors).toEqual([])
})

test('wx.request reaches the network of the phone', async () => {
  const { link } = stubLink()
  await open(wechat, link)
  await phone.tap('我是谁')
  await phone.waitForText('200 CODE')
})

test('pages go forth and back, and a dialogue is answered', async () => {
  const { link } = stubLink()
  await open(wechat, link)
  await phone.tap('看一张')
  await phone.waitForText('编号 local%2F1')
  await phone.tap('返回')
  await phone.waitForText('新便笺')
  await phone.fill('标题', '一')
  await phone.tap('写好了')
  await phone.tap('删除全部')
  await phone.waitForText('不能恢复。')
  await phone.tap('确定')
  await phone.waitForText('0 条')
  expect(phone.errors).toEqual([])
})

it("gives the package the device's time: Date.now(), new Date(), and dates of its own as they are", async () => {
  const packageJs = (await buildWeapp(fixture)).packageJs
  const said =
    '[Date.now(), +new Date(), +new Date(5), new Date() instanceof Date, Date.UTC(1970, 0, 2)]'
  const asking = packageJs.replace(
    'onLoad() {',
    `onLoad() { this.setData({ status: ${said}.join(' ') });`,
  )
  expect(asking).not.toBe(packageJs)
  const { link } = stubLink()
  phone = await openJsdomPhone({
    bundle: { packageJs: asking },
    link,
    phone: wechat,
    now: () => 1234,
  })
  phone.launch(enter())
  await phone.waitForText('1234 1234 5 true 86400000')
})
