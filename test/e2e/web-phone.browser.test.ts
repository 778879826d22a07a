import { startSimulator, SimulatorClient, type Simulator } from '@sealcard/simulator'
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core'
import { describeInBrowser, launchBrowser } from '../support/browser-phones.js'
import { ORIGIN, WebPageServer } from '../support/web-page-server.js'

describeInBrowser('web pages on the phones of the desk, with the real SDK', () => {
  let browser: Browser
  let context: BrowserContext
  let desk: Page
  let simulator: Simulator
  let server: WebPageServer
  let client: SimulatorClient

  beforeAll(async () => {
    browser = await launchBrowser()
    server = await new WebPageServer(() => simulator.url).start()
  })
  beforeEach(async () => {
    simulator = await startSimulator({ seed: 'demo', domains: { [ORIGIN]: server.url } })
    client = new SimulatorClient(simulator.url)
    await client.setWeb({ home: `${ORIGIN}/h5/o` })
    server.faults.length = 0
    context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, locale: 'zh-CN' })
    desk = await context.newPage()
    desk.setDefaultTimeout(30_000)
    await desk.goto(simulator.url)
  })
  afterEach(async () => {
    await context.close()
    await simulator.close()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const phone = (name: string): Locator =>
    desk.getByRole('region', { name: new RegExp(`^${name} `) })
  const lin = () => phone('林晓 Lin Xiao · 企业微信')
  const chen = () => phone('陈默 Chen Mo · 企业微信').first()
  const pageOn = (owner: Locator): FrameLocator => owner.frameLocator('.web-page iframe')
  const who = (owner: Locator) => pageOn(owner).locator('#who')
  const result = (owner: Locator) => pageOn(owner).locator('#result')
  const call = (owner: Locator, name: string) =>
    pageOn(owner).getByRole('button', { name, exact: true }).click()
  const hasText = (at: Locator, text: string) => at.filter({ hasText: text }).waitFor()

  const openHome = async (owner: Locator) => {
    await owner.getByRole('button', { name: '工作台' }).click()
    await owner.getByRole('button', { name: /网页/ }).click()
  }
  const choose = async (owner: Locator, chat: string) => {
    await owner
      .getByRole('dialog', { name: '选择一个聊天' })
      .getByRole('button', { name: chat })
      .click()
    await owner.getByRole('button', { name: '发送', exact: true }).click()
  }
  const group = '项目组 Project team'
  const shareToGroup = async () => {
    await openHome(lin())
    await hasText(who(lin()), 'LinXiao')
    await call(lin(), 'declare')
    await hasText(result(lin()), 'setShareAttr:ok')
    await call(lin(), 'share')
    await choose(lin(), group)
    await hasText(result(lin()), 'shareAppMessage:ok')
  }
  const openFromGroup = async (owner: Locator) => {
    await owner.getByRole('button', { name: group }).click()
    await owner
      .getByRole('button', { name: /一张私密卡片/ })
      .first()
      .click()
  }

  test('logs in by OAuth, shares privately, and the recipient proves it', async () => {
    await shareToGroup()
    const [card] = (await client.phone('chen-wecom').chats()).flatMap(({ cards }) => cards)
    expect(card).toMatchObject({ private: true, link: { url: `${ORIGIN}/h5/o?s=1` } })
    await openFromGroup(chen())
    await hasText(who(chen()), 'ChenMo')
    await call(chen(), 'prove')
    await hasText(result(chen()), 'curReceiver')
    expect(JSON.parse((await result(chen()).textContent()) ?? '')).toEqual({
      entry: 'normal',
      state: 'STATE-OF-THE-CARD',
      curReceiver: 'ChenMo',
    })
    // Lin's page is still Lin's: the phones share no login.
    await hasText(who(lin()), 'LinXiao')
    expect(server.faults).toEqual([])
  })

  test('refuses a person who left the group, as the SDK says it', async () => {
    await shareToGroup()
    await openFromGroup(chen())
    await hasText(who(chen()), 'ChenMo')
    await client.leave('wecom-group', 'chen')
    await call(chen(), 'prove')
    await hasText(result(chen()), '"rejected":"getShareInfo:notrecipient","errCode":-1')
  })

  test('a page is inside WeCom by its user agent, and signs its live address again after it changed', async () => {
    await openHome(lin())
    await hasText(pageOn(lin()).locator('#where'), '"isWeCom":true')
    await hasText(pageOn(lin()).locator('#where'), 'wxwork/4.1.30 MicroMessenger')
    await hasText(who(lin()), 'LinXiao')
    await call(lin(), 'move')
    await hasText(result(lin()), 'getContext:ok after 2')
    await call(lin(), 'unknown')
    await hasText(result(lin()), 'readMyMind:function not exist')
    expect(server.faults).toEqual([])
  })

  test('the bar has its way back on the left and its menu on the right', async () => {
    await openHome(lin())
    await hasText(who(lin()), 'LinXiao')
    const placeOf = async (name: string) =>
      (await lin().getByRole('button', { name, exact: true }).boundingBox())?.x ?? 0
    expect(await placeOf('菜单')).toBeGreaterThan((await placeOf('关闭')) + 100)
    await lin().getByRole('button', { name: '关闭', exact: true }).click()
    expect(await lin().locator('.web-page').count()).toBe(0)
    expect((await client.exportState()) as object).not.toHaveProperty('phones.lin-wecom.web')
  })

  test('the page learns that a share was cancelled', async () => {
    await openHome(lin())
    await hasText(who(lin()), 'LinXiao')
    await call(lin(), 'share')
    await lin().getByRole('button', { name: '取消' }).click()
    await hasText(result(lin()), 'shareAppMessage:cancel')
  })

  test('the menu forwards what the page offered; what the page hid is not there', async () => {
    await openHome(lin())
    await hasText(who(lin()), 'LinXiao')
    await call(lin(), 'declare')
    await hasText(result(lin()), 'setShareAttr:ok')
    await call(lin(), 'offer')
    await hasText(result(lin()), 'offered')
    await lin().getByRole('button', { name: '菜单' }).click()
    await lin().getByRole('button', { name: '转发' }).click()
    await choose(lin(), group)
    await hasText(lin().getByRole('status'), '已发送')
    const [card] = (await client.phone('lin-wecom').chats()).flatMap(({ cards }) => cards)
    expect(card).toMatchObject({ title: '菜单里的标题', private: true })
    await call(lin(), 'hide')
    await hasText(result(lin()), 'hideMenuItems:ok')
    await lin().getByRole('button', { name: '菜单' }).click()
    await lin().getByRole('button', { name: '刷新' }).waitFor()
    expect(await lin().getByRole('button', { name: '转发' }).count()).toBe(0)
    expect(await lin().getByRole('button', { name: '复制链接' }).count()).toBe(0)
  })

  test('from the attachment bar the page sends to that chat at once', async () => {
    await lin().getByRole('button', { name: group }).click()
    await lin().getByRole('button', { name: '从附件栏打开网页版' }).click()
    await hasText(who(lin()), 'LinXiao')
    await call(lin(), 'declare')
    await hasText(result(lin()), 'setShareAttr:ok')
    await call(lin(), 'send')
    await hasText(result(lin()), 'sendChatMessage:ok')
    const chats = await client.phone('lin-wecom').chats()
    expect(chats.find(({ id }) => id === 'wecom-group')?.cards).toMatchObject([{ private: true }])
  })

  test('the kit declares, declares again at another address, shares and proves', async () => {
    await client.setWeb({ home: `${ORIGIN}/h5/kit` })
    await openHome(lin())
    await hasText(who(lin()), 'LinXiao')
    await call(lin(), 'share')
    await hasText(result(lin()), '"fault":"retry"')
    await call(lin(), 'declare')
    await hasText(result(lin()), 'declared')
    await call(lin(), 'move')
    await hasText(result(lin()), 'moved')
    await call(lin(), 'share')
    await lin().getByRole('button', { name: '取消' }).click()
    await hasText(result(lin()), 'cancelled')
    await call(lin(), 'share')
    await choose(lin(), group)
    await hasText(result(lin()), 'sent')
    await openFromGroup(chen())
    await hasText(who(chen()), 'ChenMo')
    await call(chen(), 'prove')
    await hasText(result(chen()), '"curReceiver":"ChenMo"')
    await call(chen(), 'hide')
    await hasText(result(chen()), 'true')
    await client.leave('wecom-group', 'chen')
    await call(chen(), 'prove')
    await hasText(result(chen()), '"fault":"not-recipient"')
    expect(server.faults).toEqual([])
  })

  test('a customer opens the link in WeChat: no ticket, and no application identity', async () => {
    await client.addPerson({ id: 'guest', name: '客人 Guest' })
    await client.addPhone({ id: 'guest-wechat', person: 'guest', client: 'wechat' })
    await client.addChat({
      id: 'interop',
      client: 'wecom',
      kind: 'single',
      interop: true,
      members: ['lin', 'guest'],
    })
    await openHome(lin())
    await hasText(who(lin()), 'LinXiao')
    await call(lin(), 'declare')
    await hasText(result(lin()), 'setShareAttr:ok')
    await call(lin(), 'share')
    await choose(lin(), '客人 Guest')
    await hasText(result(lin()), 'shareAppMessage:ok')
    const guest = phone('客人 Guest · 微信')
    await guest.getByRole('button', { name: '林晓' }).first().click()
    await guest
      .getByRole('button', { name: /一张私密卡片/ })
      .first()
      .click()
    await hasText(pageOn(guest).locator('#where'), '"isWeChat":true')
    await hasText(who(guest), 'oFAKE')
    await call(guest, 'prove')
    await hasText(result(guest), '"rejected":"getContext:function not exist"')
  })
})
