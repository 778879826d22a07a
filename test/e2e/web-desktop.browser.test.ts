import type { Browser, BrowserContext, Page } from 'playwright-core'
import { describeInBrowser, launchBrowser } from '../support/browser-phones.js'
import { WebPhone } from '../support/web-phone.js'
import { startWebStack, type WebStack } from '../support/web-stack.js'

/** The built page of the built service, in a browser on a computer that the desk leads to. */
describeInBrowser('the web page in a desktop browser', () => {
  let browser: Browser
  let context: BrowserContext
  let desk: Page
  let stack: WebStack
  let cardId: string
  let shareId: string

  beforeAll(async () => {
    browser = await launchBrowser()
    stack = await startWebStack()
    const lin = await new WebPhone(stack, 'lin-wecom').open({ via: 'home' })
    await lin.login()
    const card = { title: '季度奖金', body: 'The secret' }
    const made = await lin.call('POST', '/v1/cards', card, { 'idempotency-key': 'one-card' })
    cardId = made.body.id
    shareId = (await lin.call('POST', `/v1/cards/${cardId}/shares`)).body.id
  })
  beforeEach(async () => {
    context = await browser.newContext({
      viewport: { width: 1400, height: 1000 },
      locale: 'zh-CN',
    })
    context.setDefaultTimeout(60_000)
    desk = await context.newPage()
    await desk.goto(stack.simulator.url)
  })
  afterEach(() => context.close())
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
  })

  /** The desk's link opens a window of its own. */
  const openBrowser = async (): Promise<Page> => {
    const [page] = await Promise.all([
      context.waitForEvent('page'),
      desk.getByRole('link', { name: '在电脑浏览器里打开网页版' }).click(),
    ])
    return page
  }
  const settingsOf = (page: Page) => page.getByRole('link', { name: '设置', exact: true })
  const signInOf = (page: Page) => page.getByRole('button', { name: /^(登录|用企业微信登录)$/ })
  const signOut = async (page: Page) => {
    await settingsOf(page).click()
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('button', { name: '确认退出' }).click()
    await page.getByText('已退出登录').waitFor()
    await page.reload()
    await signInOf(page).waitFor()
  }
  /** All tests have one computer: the person before is logged out first. */
  const logIn = async (page: Page, person: string) => {
    await signInOf(page).or(settingsOf(page)).waitFor()
    if (await settingsOf(page).isVisible()) await signOut(page)
    await signInOf(page).click()
    await page.getByRole('link', { name: person }).click()
    await settingsOf(page).waitFor()
  }

  it('logs a member in by WeCom’s page, and shows them their own cards', async () => {
    const page = await openBrowser()
    await logIn(page, '林晓 Lin Xiao')
    // Neither code nor state is in the address, nor in what the way back leads to.
    expect(new URL(page.url()).search).toBe('')
    await page.getByRole('link', { name: /季度奖金/ }).click()
    await page.getByText('The secret').waitFor()
    expect(new URL(page.url()).hash).toBe(`#/card/${cardId}`)
  })

  it('keeps the login over a reload, and ends it when the person says so', async () => {
    const page = await openBrowser()
    await logIn(page, '林晓 Lin Xiao')
    await page.reload()
    await signOut(page)
    expect(await page.getByText('季度奖金').count()).toBe(0)
  })

  it('shows nothing of another member’s cards', async () => {
    const page = await openBrowser()
    await logIn(page, '陈默 Chen Mo')
    await page.getByText('还没有写过卡片').waitFor()
    await page.evaluate((id) => {
      window.location.hash = `#/card/${id}`
    }, cardId)
    await page.getByText('卡片没有加载出来').waitFor()
    expect(await page.getByText('The secret').count()).toBe(0)
  })

  it('opens no card that somebody sent, whoever is logged in', async () => {
    const page = await openBrowser()
    await logIn(page, '陈默 Chen Mo')
    await page.goto(new URL(`/h5/o?s=${shareId}`, page.url()).href)
    await page.getByText('浏览器不能证明').waitFor()
    expect(await page.getByText('The secret').count()).toBe(0)
  })
})
