import { chromium, type Browser, type Page } from 'playwright-core'
import { PhonePage } from '@sealcard/simulator'
import type { PhoneDriver, PhoneDrivers } from './phone-driver.js'

/** The Chromium that `npm test` found, or null. */
export const browserPath = process.env['CHROMIUM_PATH'] ?? null

/** A machine without a browser skips these tests by name; CI says that it must have one. */
export const describeInBrowser =
  browserPath || process.env['SEALCARD_REQUIRE_BROWSER'] ? describe : describe.skip

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(browserPath ? { executablePath: browserPath } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** Phones on a page in Chromium, each in a context of its own. */
export const browserPhones = (
  browser: Browser,
  simulatorUrl: string,
  locale = 'zh-CN',
): PhoneDrivers => {
  const open: BrowserPhoneDriver[] = []
  return {
    take: async (phone) => {
      const context = await browser.newContext({
        viewport: { width: 420, height: 860 },
        locale,
      })
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(String(error.stack ?? error)))
      const driver = new BrowserPhoneDriver(
        phone,
        page,
        new PhonePage(page, simulatorUrl, phone),
        errors,
      )
      await driver.screen.goto()
      open.push(driver)
      return driver
    },
    close: async () => {
      for (const driver of open) await driver.put()
    },
  }
}

export class BrowserPhoneDriver implements PhoneDriver {
  constructor(
    readonly phone: string,
    readonly page: Page,
    readonly screen: PhonePage,
    private readonly errors: string[],
  ) {}

  openApp() {
    return this.screen.openMiniProgram()
  }
  async openCard(chat: string, title: string) {
    await this.screen.openChat(chat)
    await this.screen.tapCard(title)
  }
  tap(name: string) {
    return this.screen.tap(name)
  }
  fill(label: string, text: string) {
    return this.screen.fill(label, text)
  }
  waitForText(text: string) {
    return this.screen.waitForText(text)
  }
  text() {
    return this.screen.text()
  }
  shareTo(chat: string, via: 'button' | 'menu' = 'button') {
    return this.screen.shareTo(chat, { via, button: '分享到聊天' })
  }
  async forwardCard(from: string, title: string, to: string) {
    await this.screen.openChat(from)
    await this.screen.forwardCard(title, to)
  }
  quit() {
    return this.screen.quit()
  }
  async put() {
    await this.page.context().close()
    const errors = this.errors.splice(0)
    if (errors.length) throw new Error(`${this.phone}: ${errors.join('\n')}`)
  }
}
