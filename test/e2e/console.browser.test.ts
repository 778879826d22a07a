import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { describeInBrowser, launchBrowser } from '../support/browser-phones.js'
import { ConsoleBrowser, PASSWORD } from '../support/console-browser.js'
import { BODY, tellStory } from '../support/console-story.js'
import { Keyboard } from '../support/keyboard.js'
import { type LeanStack, startLeanStack } from '../support/lean-stack.js'

/** Those that no other test here looks at. */
const SCREENS = [
  'cards',
  'openings',
  'people',
  'requests',
  'policy',
  'audit',
  'audit/verify',
  'apps',
  'administrators',
  'administrators/tokens',
  'administrators/roles',
]

describeInBrowser('the console in Chromium, over the built service', () => {
  let browser: Browser
  let stack: LeanStack
  let admin: ConsoleBrowser
  beforeAll(async () => {
    stack = await startLeanStack()
    browser = await launchBrowser()
    admin = await ConsoleBrowser.open(browser, stack)
    await tellStory(stack)
    await admin.setUp('lin')
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
  })
  afterEach(() => {
    expect(admin.faults).toEqual([])
    expect(admin.foreign).toEqual([])
  })

  it('leads the first administrator from the printed link to the console, with a second factor', async () => {
    await admin.look('setup-check')
    await admin.page.getByRole('button', { name: '进入管理后台' }).click()
    await admin.page.getByRole('heading', { level: 1, name: '概览' }).waitFor()
    await admin.page.getByText('今天打开').waitFor()
    await admin.look('overview-zh-light')
    await admin.page.getByRole('link', { name: /陈默/ }).first().hover()
    await admin.look('overview-hovered-zh-light')
  })

  it('finds who opened a card and revokes it by at most 12 keys', async () => {
    const { page } = admin
    const keys = new Keyboard(page)
    await keys.press('/')
    await keys.type('奖金')
    await page.getByRole('option', { name: '季度奖金' }).waitFor()
    await keys.press('Enter')
    const drawer = page.getByRole('dialog', { name: /季度奖金/ })
    await drawer.getByRole('tabpanel').getByRole('link', { name: /陈默/ }).waitFor()
    await admin.look('card-zh-light')
    expect(await page.content()).not.toContain(BODY)
    await keys.tabTo('收回')
    await keys.press('Enter')
    await page.getByText('收回 1 张卡片。已有 1 位读者，他们不能再打开。').waitFor()
    await admin.look('revoke-zh-light')
    await keys.tabTo('发错了人')
    await keys.press('Enter', 2)
    await page.getByText('已收回 1 张卡片。').waitFor()
    await drawer.getByText('已收回', { exact: true }).waitFor()
    expect(keys.keys).toBeLessThanOrEqual(12)
  })

  it('offboards somebody by keys alone, and sees it in the audit', async () => {
    const { page } = admin
    const keys = new Keyboard(page)
    await keys.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await keys.press('Control+k')
    await keys.type('陈默')
    await page.getByRole('option', { name: /^陈默 / }).waitFor()
    await keys.press('Enter')
    await page.getByRole('dialog', { name: /陈默/ }).waitFor()
    await keys.tabTo('离职处理')
    await keys.press('Enter')
    await page.getByText('收回的卡片').waitFor()
    await admin.look('offboard-preview-zh-light')
    await keys.tabTo('下一步')
    await keys.press('Enter')
    await page.getByText('登录立即结束。收回和抹除不能撤销，停用以后可以恢复。').waitFor()
    await keys.tabTo('执行')
    await keys.press('Enter')
    await page.getByText('离职处理已完成').waitFor()
    await admin.look('offboard-report-zh-light')
    await keys.tabTo('查看审计记录')
    await keys.press('Enter')
    await page.getByRole('heading', { level: 1, name: '审计' }).waitFor()
    await page.getByRole('row', { name: /陈默/ }).waitFor()
    expect(keys.keys).toBeLessThanOrEqual(40)
  })

  it('exports the audit and verifies it by keys alone', async () => {
    const { page } = admin
    const keys = new Keyboard(page)
    await keys.press('/')
    await keys.type('审计')
    await page.getByRole('option', { name: '审计', exact: true }).waitFor()
    await keys.press('Enter')
    await page.getByRole('heading', { level: 1, name: '审计' }).waitFor()
    await admin.settled()
    await keys.tabTo('导出')
    await keys.press('Enter')
    await page.locator('[role=menuitem]:focus', { hasText: '导出 CSV' }).waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), keys.press('Enter')])
    const rows = readFileSync(await download.path(), 'utf8')
    expect(rows).toContain('viewer.offboard')
    expect(rows).not.toContain(BODY)
    await keys.tabTo('校验与链图')
    await keys.press('Enter')
    await page.getByRole('heading', { name: '审计链', exact: true }).waitFor()
    await keys.tabTo('开始校验')
    await keys.press('Enter')
    await page.getByText('完整，没有发现改动').waitFor()
    await admin.look('audit-verified-zh-light')
    expect(keys.keys).toBeLessThanOrEqual(40)
  })

  it('shows health and keys, and runs the doctor', async () => {
    const { page } = admin
    await page.getByRole('link', { name: '健康与密钥' }).click()
    await page.getByText('主密钥', { exact: true }).waitFor()
    await page.getByRole('button', { name: '开始体检' }).click()
    await page.getByText(/错误 \d+ · 提醒 \d+/).waitFor()
    await admin.look('health-zh-light')
    for (const screen of SCREENS) await admin.visit(screen, 'zh-light')
    await page.getByRole('link', { name: '健康与密钥' }).click()
    await page.getByRole('button', { name: '开始体检' }).waitFor()
  })

  it('logs in again over the page when the login ended, at the same page', async () => {
    const { page } = admin
    await admin.context.clearCookies()
    await page.getByRole('button', { name: '开始体检' }).click()
    await page.getByRole('dialog', { name: '登录已结束，请重新登录' }).waitFor()
    await admin.look('login-over')
    await admin.logIn('lin', 0)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(new URL(page.url()).pathname).toBe('/console/health')
    await page.getByRole('button', { name: '开始体检' }).click()
    await page.getByText(/错误 \d+ · 提醒 \d+/).waitFor()
  })

  it('changes the own password, and stays logged in', async () => {
    const { page } = admin
    await page.getByRole('button', { name: /^账号/ }).click()
    await page.getByRole('menuitem', { name: '密码与动态口令' }).click()
    for (const field of ['现在的密码', '新密码', '再输入一次'])
      await page.getByLabel(field).fill(PASSWORD)
    await admin.look('account-zh-light')
    await page.getByRole('button', { name: '修改密码' }).click()
    await page.getByText('密码已修改，其他登录已结束。').waitFor()
    await page.getByRole('button', { name: '更换动态口令' }).click()
    await page.getByLabel('先输入密码').waitFor()
    await admin.look('account-factor-zh-light')
  })

  it('logs out, and in again at the address that was asked for, in English and dark', async () => {
    const { page } = admin
    await page.getByRole('button', { name: /^账号/ }).click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await page.getByRole('heading', { name: '登录管理后台' }).waitFor()
    await admin.look('login-zh-light')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.getByRole('button', { name: '语言' }).click()
    await page.getByRole('menuitem', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Log in to the console' }).waitFor()
    await admin.goto('/health')
    await page.getByRole('heading', { name: 'Log in to the console' }).waitFor()
    await admin.look('login-en-dark')
    await admin.logIn('lin', 1)
    await page.getByRole('heading', { level: 1, name: 'Health and keys' }).waitFor()
    await page.getByText('Primary key', { exact: true }).waitFor()
    await admin.look('health-en-dark')
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByText('Opened today').waitFor()
    await admin.look('overview-en-dark')
    await admin.page.getByRole('link', { name: /陈默/ }).first().hover()
    await admin.look('overview-hovered-en-dark')
    const kept = await page.evaluate(() => ({
      language: Object.entries(localStorage),
      session: sessionStorage.length,
      cookies: document.cookie,
    }))
    expect(kept).toEqual({
      language: [['sealcard.language', 'en']],
      session: 0,
      cookies: '',
    })
    for (const screen of SCREENS) await admin.visit(screen, 'en-dark')
  })

  it('says in one banner that the service stopped, and takes it back by itself', async () => {
    const { page } = admin
    await stack.bff.stop()
    await page.getByRole('link', { name: 'Health and keys' }).click()
    const banner = page.getByText('The service does not answer at the moment')
    await banner.waitFor()
    await admin.look('outage-en-dark')
    await stack.bff.start()
    await banner.waitFor({ state: 'detached' })
    await page.getByText('Primary key', { exact: true }).waitFor()
  })
})
