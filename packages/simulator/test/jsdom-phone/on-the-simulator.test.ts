import path from 'node:path'
import {
  fakeApps,
  openJsdomPhone,
  startSimulator,
  type JsdomPhone,
  type Network,
  type Simulator,
} from '../../src/index.js'
import { buildWeapp, type WeappBundle } from '../../src/weapp/index.js'

const fixture = path.resolve(import.meta.dirname, '../fixture-weapp')
let simulator: Simulator
let bundle: WeappBundle
const phones: JsdomPhone[] = []

/** Stands for a BFF: exchanges the code of whichever client asks, as the platforms want before a session key holds. */
const bff: Network = {
  send: async ({ body }) => {
    const { code } = JSON.parse(body ?? '{}') as { code: string }
    const ask = async (at: string): Promise<Record<string, unknown>> =>
      (await fetch(simulator.url + at)).json() as Promise<Record<string, unknown>>
    const [wechat, wecom] = [fakeApps().wechat[0], fakeApps().wecom[0]]
    const given = await ask(
      `/api.weixin.qq.com/sns/jscode2session?appid=${wechat?.appid}&secret=${wechat?.secret}&js_code=${code}&grant_type=authorization_code`,
    )
    if (given.errcode) {
      const token = await ask(
        `/qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=${wecom?.corpid}&corpsecret=${wecom?.secret}`,
      )
      await ask(
        `/qyapi.weixin.qq.com/cgi-bin/miniprogram/jscode2session?access_token=${String(token.access_token)}&js_code=${code}&grant_type=authorization_code`,
      )
    }
    return { kind: 'answer', status: 200, headers: {}, body: '{"name":"ok"}' }
  },
}

beforeAll(async () => {
  bundle = await buildWeapp(fixture)
  simulator = await startSimulator({
    seed: 'demo',
    weapp: fixture,
    network: bff,
    domains: { 'https://bff.example': 'http://bff.test' },
  })
})
afterEach(() => phones.splice(0).forEach((phone) => phone.close()))
afterAll(() => simulator.close())

const take = async (id: string): Promise<JsdomPhone> => {
  const phone = await openJsdomPhone({
    bundle,
    simulatorUrl: simulator.url,
    phone: id,
    timeout: 20_000,
  })
  phones.push(phone)
  return phone
}

const shareFrom = async (id: string, chat: string) => {
  const phone = await take(id)
  await phone.openRecent()
  await phone.tap('我是谁')
  await phone.waitForText('200 ok')
  await phone.tap('私密')
  await phone.fill('标题', '晚餐')
  await phone.tap('写好了')
  await phone.tap('1. 晚餐')
  await phone.waitForText('可以分享了')
  await phone.tap('分享')
  return phone.share(chat)
}

test('a private card goes from one WeCom phone to another', async () => {
  const card = await shareFrom('lin-wecom', '陈默 Chen Mo')
  expect(card).toMatchObject({ private: true, path: 'pages/open/index?s=n1' })
  const chen = await take('chen-wecom')
  await chen.openCard(card.id)
  await chen.waitForText('是收件人')
  expect(chen.errors).toEqual([])
})

test('who joined the group since is a recipient, and who left is not', async () => {
  const card = await shareFrom('lin-wecom', '项目组 Project team')
  simulator.world.chats.join('wecom-group', 'zhou')
  const zhou = await take('zhou-wecom')
  await zhou.openCard(card.id)
  await zhou.waitForText('是收件人')
  simulator.world.chats.leave('wecom-group', 'zhou')
  await zhou.openCard(card.id)
  await zhou.waitForText('fail')
})

test('the recent list brings no ticket', async () => {
  const chen = await take('chen-wecom')
  await chen.openRecent()
  await chen.tap('看一张')
  await chen.waitForText('票据 没有')
})

const atForm = async (id: string): Promise<JsdomPhone> => {
  const phone = await take(id)
  await phone.openRecent()
  return phone
}

test('the keyboard of a WeChat phone offers the nickname, and the page gets it with one tap', async () => {
  const phone = await atForm('chen-wechat')
  await phone.focus('昵称')
  await phone.tap('微信昵称 陈默 Chen Mo')
  await phone.waitForText('昵称 陈默 Chen Mo')
  await phone.blur()
  await phone.waitForText('昵称可以用')
  expect(phone.text()).not.toContain('微信昵称')
})

test('a nickname that WeChat refuses is taken out of the input', async () => {
  simulator.world.settings.wechat.nicknameReview = 'refuse'
  try {
    const phone = await atForm('chen-wechat')
    await phone.focus('昵称')
    await phone.fill('昵称', '客服')
    await phone.blur()
    await phone.waitForText('昵称不能用')
    expect(phone.screenTree()).toContain('textbox "昵称" = ""')
  } finally {
    simulator.world.settings.wechat.nicknameReview = 'pass'
  }
})

test('a chosen avatar is a path on this phone', async () => {
  const phone = await atForm('lin-wechat')
  await phone.tap('选头像')
  await phone.waitForText('http://tmp/')
})
