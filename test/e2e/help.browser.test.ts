import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { describeInBrowser, launchBrowser } from '../support/browser-phones.js'
import { startLeanStack, type LeanStack } from '../support/lean-stack.js'

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8')

interface Found {
  readonly violations: readonly { id: string; impact: string; nodes: readonly unknown[] }[]
}

describeInBrowser('the documentation, as the service serves it', () => {
  let browser: Browser
  let stack: LeanStack
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    browser = await launchBrowser()
    stack = await startLeanStack()
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
  })

  const open = async (address: string, colorScheme: 'light' | 'dark' = 'light') => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 1280, height: 860 },
    })
    page = await context.newPage()
    faults = []
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(stack.bff.url) && !url.startsWith('data:')) faults.push(url)
    })
    await page.goto(`${stack.bff.url}/help${address}`)
    await page.locator('.VPDoc h1').first().waitFor()
    await page.waitForLoadState('networkidle')
  }
  afterEach(() => page.context().close())

  /** What axe finds critical or serious. */
  const look = async () => {
    await page.evaluate(AXE)
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run: () => Promise<Found> } }).axe.run(),
    )
    return violations
      .filter(({ impact }) => impact === 'critical' || impact === 'serious')
      .map(({ id, nodes }) => `${id} ×${nodes.length}`)
  }

  test('is searched in Chinese by the keyboard alone, and its policy refuses nothing of it', async () => {
    await open('')
    expect(page.url()).toBe(`${stack.bff.url}/help/`)
    await page.keyboard.press('/')
    await page.keyboard.insertText('白名单')
    const places = page.getByRole('option')
    await places.first().waitFor()
    const named = await page.getByRole('option', { name: '微信后台，逐步' }).getAttribute('id')
    for (let i = Number(named!.split('-').pop()); i > 0; i -= 1)
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '微信后台，逐步' }).waitFor()
    expect(await places.count()).toBe(0)
    expect(faults).toEqual([])
  })

  test.each([
    ['/platforms/wechat.html', 'light'],
    ['/en/reference/errors/', 'dark'],
  ] as const)('%s is accessible in %s', async (address, scheme) => {
    await open(address, scheme)
    expect(await look()).toEqual([])
    expect(faults).toEqual([])
  })

  test('an English page leads to its Chinese twin', async () => {
    await open('/en/run/go-live.html')
    await page.getByRole('button', { name: 'Change language' }).hover()
    await page.getByRole('link', { name: '中文' }).click()
    await page.getByRole('heading', { level: 1, name: '上线检查清单' }).waitFor()
    expect(page.url()).toBe(`${stack.bff.url}/help/run/go-live.html`)
    expect(faults).toEqual([])
  })
})
