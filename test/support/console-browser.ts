import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { LeanStack } from './lean-stack.js'
import { totp } from './totp.js'

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8')
/** A folder: then every screen is drawn into it. */
const PICTURES = process.env['SEALCARD_SCREENS']

export const PASSWORD = 'correct horse battery'
const STEP_MS = 30_000
/** A skeleton, a spinning wheel. */
const WAITING = '.ant-skeleton, .ant-spin-spinning, .ant-btn-loading'

/** A browser at the console, which notes what its policy refused and what it asked of others. */
export class ConsoleBrowser {
  readonly faults: string[] = []
  readonly foreign: string[] = []
  secret = ''

  private constructor(
    private readonly stack: LeanStack,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async open(browser: Browser, stack: LeanStack): Promise<ConsoleBrowser> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 860 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      colorScheme: 'light',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    const one = new ConsoleBrowser(stack, context, page)
    page.on('pageerror', (error) => one.faults.push(String(error)))
    page.on('console', (message) => {
      // A refusal of the policy is one; an answer that is not 2xx is what a screen is about.
      const text = message.text()
      if (message.type() === 'error' && !text.startsWith('Failed to load resource'))
        one.faults.push(text)
    })
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(stack.bff.url) && !url.startsWith('data:')) one.foreign.push(url)
    })
    if (PICTURES) mkdirSync(PICTURES, { recursive: true })
    return one
  }

  /** @param address below `/console` */
  async goto(address: string): Promise<void> {
    await this.page.goto(`${this.stack.bff.url}/console${address}`)
  }

  /** A code that was not used yet. @param steps from now; the service takes one before and one after */
  code(steps: -1 | 0 | 1): string {
    return totp(this.secret, Date.now() + steps * STEP_MS)
  }

  /** The first account, by the link that the first start printed. Ends at the look at the apps. */
  async setUp(name: string): Promise<void> {
    const { page } = this
    await this.goto(`/setup#${/console\/setup#([\w-]{43})/.exec(this.stack.bff.output)?.[1]}`)
    await page.getByLabel('名称').fill(name)
    await page.getByLabel('新密码').fill(PASSWORD)
    await page.getByLabel('再输入一次').fill(PASSWORD)
    await this.look('setup-account')
    await page.getByRole('button', { name: '设置密码' }).click()
    const code = page.getByLabel('验证器显示的 6 位数字')
    await code.waitFor()
    this.secret = (await page.locator('.mono').first().textContent()) ?? ''
    await this.look('setup-factor')
    await code.fill(this.code(-1))
    await page.getByRole('button', { name: '确认' }).click()
    await page.getByRole('button', { name: '进入管理后台' }).waitFor()
  }

  /** By the log-in form that is shown, whatever its language. */
  async logIn(name: string, steps: 0 | 1): Promise<void> {
    await this.page.locator('input[name=username]').fill(name)
    await this.page.locator('input[name=password]').fill(PASSWORD)
    await this.page.locator('input[name=totp]').fill(this.code(steps))
    await this.page.locator('input[name=totp]').press('Enter')
  }

  /** Goes to a screen by its link, and looks at it when it has read what it shows. @param how language and theme, for the picture */
  async visit(screen: string, how: string): Promise<void> {
    await this.page.locator(`a[href="/console/${screen}"]`).first().click()
    await this.settled()
    await this.look(`${screen.replace('/', '-')}-${how}`)
  }

  /** The screen stands and nothing on it waits for an answer. */
  async settled(): Promise<void> {
    await this.page.getByRole('heading', { level: 1 }).waitFor()
    await this.page.waitForFunction((waiting) => !document.querySelector(waiting), WAITING)
  }

  /** Looks at the screen with axe. @param name of the picture @returns what is critical or serious */
  async look(name: string): Promise<void> {
    if (PICTURES) await this.page.screenshot({ path: path.join(PICTURES, `${name}.png`) })
    await this.page.evaluate(AXE)
    const found = await this.page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run: () => Promise<Found> } }
      const { violations } = await axe.run()
      return violations
        .filter(({ impact }) => impact === 'critical' || impact === 'serious')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
    })
    this.faults.push(...found.map((fault) => `${name}: ${fault}`))
  }
}

interface Found {
  violations: { id: string; impact: string | null; nodes: { html: string }[] }[]
}
