import { buildWeapp, type Client, type JsdomPhone, openJsdomPhone } from '@sealcard/simulator'
import { eventually } from '@sealcard/testing'
import { jsdomStack } from '../support/jsdom-stack.js'
import { weappDir } from '../support/stack.js'
import { manyLogins } from './scenarios.js'

const OFFER = '用微信通知我'
const CHEN = '陈默 Chen Mo'

/** One of the simulator's own. */
const templates = {
  opened: {
    id: 'FAKEtemplateOpened0000000000000000000000001',
    fields: { thing1: 'title', thing2: 'who', time3: 'time' },
  },
}
const bots = [
  {
    id: 'desk',
    app: 'demo-wecom',
    token: 'TokenOfTheDesk0000000001',
    encodingAesKey: 'Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v',
    notices: { by: 'app-message', firstOpening: true, refusedAttempts: false },
  },
]

describe('messages about a card', () => {
  const running = jsdomStack({ config: { ...manyLogins, bots }, templates })
  const open: JsdomPhone[] = []
  afterEach(() => open.splice(0).forEach((phone) => phone.close()))

  const phoneOf = async (id: string) => {
    const phone = await openJsdomPhone({
      bundle: await buildWeapp(weappDir),
      simulatorUrl: running.stack.simulator.url,
      phone: id,
      timeout: 60_000,
    })
    open.push(phone)
    return phone
  }
  const write = async (title: string, client: Client = 'wechat') => {
    const lin = await phoneOf(`lin-${client}`)
    await lin.openRecent()
    await lin.tap('写一张卡片')
    await lin.fill('标题', title)
    await lin.fill('正文', `正文 ${title}`)
    await lin.tap('完成，去分享')
    await lin.waitForText('已设为私密')
    return lin
  }
  const opens = async (lin: JsdomPhone, title: string) => {
    const chen = await phoneOf('chen-wechat')
    await chen.openCard((await lin.share(CHEN)).id)
    await chen.waitForText(`正文 ${title}`)
  }
  const posted = async () =>
    (await running.stack.control.phone('lin-wechat').requests()).filter(({ path }) =>
      path.endsWith('/subscriptions'),
    )

  it('are accepted by one tap beside the share button, and the share stays as it was', async () => {
    const lin = await write('订阅的卡片')
    const before = (await posted()).length
    await lin.tap(OFFER)
    await lin.waitForText('会通知你：')
    // It is said once the service has answered.
    const told = (await posted()).slice(before)
    expect(told.length).toBeGreaterThan(0)
    expect(told.every(({ status }) => status === 204)).toBe(true)
    await opens(lin, '订阅的卡片')
    // Each share may ask once.
    await lin.waitForText(OFFER)
  })

  it('are not posted when the platform gives none, and sharing works all the same', async () => {
    const { control } = running.stack
    await control.setSettings({ wechat: { subscribeSwitch: false } })
    const lin = await write('不订阅的卡片')
    const before = (await posted()).length
    await lin.tap(OFFER)
    await lin.waitForText('分享不受影响')
    expect(await posted()).toHaveLength(before)
    await opens(lin, '不订阅的卡片')
    await control.setSettings({ wechat: { subscribeSwitch: true } })
  })

  it('are offered in WeChat alone: WeCom’s app tells by itself, and each kind can be switched off', async () => {
    const lin = await write('企业微信的卡片', 'wecom')
    expect(lin.text()).not.toContain(OFFER)
    await lin.tap('设置与隐私')
    await lin.tap('有人打开')
    await eventually(async () =>
      (await running.stack.control.phone('lin-wecom').requests()).some(
        ({ method, path, status }) =>
          method === 'PUT' && path === '/v1/me/notices' && status === 200,
      ),
    )
  })
})
