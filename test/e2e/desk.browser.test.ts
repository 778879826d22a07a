import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { describeInBrowser, launchBrowser } from '../support/browser-phones.js'
import { Member } from '../support/member.js'
import { startStack, type Stack } from '../support/stack.js'

describeInBrowser('the desk', () => {
  let stack: Stack
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    stack = await startStack()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await stack.stop()
  })
  afterEach(() => page.context().close())

  const open = async (lang: 'zh' | 'en', theme: 'light' | 'dark', width = 1440) => {
    const context = await browser.newContext({ viewport: { width, height: 900 } })
    page = await context.newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(`${stack.simulator.url}/?lang=${lang}&theme=${theme}`)
    await page.locator('.wall > li').first().waitFor()
  }
  const mistakes = async () => {
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate<axe.AxeResults>(
      'axe.run(document, { iframes: false })',
    )
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
  }
  const fits = () =>
    page.evaluate(() => document.documentElement.scrollWidth <= globalThis.innerWidth)

  it('has people, phones and the dock side by side: each call, its expiry and the time are there', async () => {
    await stack.control.addPerson({
      id: 'long',
      name: `${'很长的名字'.repeat(6)}${'Long'.repeat(8)}`.slice(0, 60),
    })
    await stack.control.addPhone({ person: 'long', client: 'wechat' })
    await open('zh', 'light')
    const lin = page.locator('#phone-lin-wechat')
    await lin.getByRole('button', { name: '打开小程序' }).click()
    await lin.frameLocator('iframe').getByText('写一张卡片').first().waitFor()
    await page.getByRole('button', { name: '快进 1 天' }).click()
    await page.getByText('比电脑快 1 天').waitFor()
    // The mini-program keeps running while its phone is hidden.
    await page.getByRole('button', { name: '企业微信', exact: true }).click()
    await lin.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '全部', exact: true }).click()
    expect(await lin.frameLocator('iframe').getByText('写一张卡片').first().isVisible()).toBe(true)
    expect([await mistakes(), await fits()]).toEqual([[], true])
    await page.getByRole('tab', { name: '控制' }).press('ArrowRight')
    await page.getByRole('button', { name: /lin-wechat 接口 wx\.login/ }).click()
    await page.getByRole('button', { name: '复制为测试' }).waitFor()
    await page.getByLabel('只看失败').check()
    await page.locator('.log-list > li:not(.is-failed)').first().waitFor({ state: 'detached' })
    await stack.control.backToNow()
  })

  it('sets a scene, and lets a stranger try in one click: nothing opens', async () => {
    await open('zh', 'light')
    await page.getByRole('button', { name: '布置 旧版客户端的转发' }).click()
    await page.getByRole('button', { name: '重来 旧版客户端的转发' }).waitFor()
    const lin = new Member('lin', 'wechat', stack.control, stack.bff.url)
    await lin.logIn()
    const created = await lin.createCard('Only for Chen', 'secret')
    await lin.send((await lin.share(created.body.id)).body, 'wechat-lin-chen')
    await page.getByRole('button', { name: '让陌生人试着打开' }).click()
    const zhou = page.locator('#phone-zhou-wechat')
    await zhou.frameLocator('iframe').getByText('在这里打不开这张卡片').waitFor()
  })

  it.each([
    ['en', 'dark', 1440],
    ['zh', 'dark', 390],
  ] as const)('is clean and fits: %s, %s, %i pixels wide', async (lang, theme, width) => {
    await open(lang, theme, width)
    if (width < 1280) await page.locator('.dock-handle').click()
    await page.locator('#dock-tab-log').click()
    expect([await mistakes(), await fits()]).toEqual([[], true])
    const shown = await page.locator('.wall > li:visible').count()
    expect(shown > 1).toBe(width >= 768)
  })
})
