import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { nightly } from '@sealcard/testing'
import { describeInBrowser, launchBrowser } from '../support/browser-phones.js'
import { WebAppDouble } from '../support/web-app-double.js'
import { fill } from '../support/web-app-answers.js'
import { SENDER_SCREENS } from '../support/web-app-sender-screens.js'
import { SCREENS, userAgentOf, type Screen } from '../support/web-app-screens.js'

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8')
const OLD_CLIENT = readFileSync(
  path.resolve(__dirname, '../../apps/web/dist/old-client.js'),
  'utf8',
)
/** A folder: then every screen is drawn into it. */
const PICTURES = process.env['SEALCARD_SCREENS']

const LOOKS = [
  { language: 'zh', colorScheme: 'light' },
  { language: 'zh', colorScheme: 'dark' },
  { language: 'en', colorScheme: 'light' },
  { language: 'en', colorScheme: 'dark' },
] as const
type Look = (typeof LOOKS)[number]

/** On every commit each screen has one of the looks; nightly, and where pictures are drawn, all. */
const inLook = (look: Look) =>
  [...SCREENS, ...SENDER_SCREENS].filter(
    (_, i) => nightly || PICTURES || LOOKS[i % LOOKS.length] === look,
  )

/** The client's bridge, as the page finds it: every call that is not named answers ok. */
const bridgeScript = (answers: object) => `
  window.WeixinJSBridge = {
    on() {},
    invoke(name, args, done) {
      const answer = (${JSON.stringify(answers)})[name]
      if (answer !== null) setTimeout(() => done({ err_msg: name + ':ok', ...answer }), 0)
    },
  }`

describeInBrowser('the web page in Chromium', () => {
  let browser: Browser
  let double: WebAppDouble

  beforeAll(async () => {
    browser = await launchBrowser()
    double = await new WebAppDouble().start()
    if (PICTURES) mkdirSync(PICTURES, { recursive: true })
  })
  beforeEach(() => {
    fill(double)
  })
  afterAll(async () => {
    await browser?.close()
    await double?.stop()
  })

  const show = async (screen: Screen, { language, colorScheme }: Look) => {
    for (const [line, answer] of Object.entries(screen.answers ?? {}))
      double.answers.set(line, answer)
    const client = screen.client ?? 'wecom'
    const context = await browser.newContext({
      viewport: client === 'browser' ? { width: 1000, height: 800 } : { width: 390, height: 780 },
      userAgent: userAgentOf(client, language),
      locale: language === 'zh' ? 'zh-CN' : 'en-US',
      timezoneId: 'Asia/Shanghai',
      colorScheme,
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    const faults: string[] = []
    page.on('pageerror', (error) => {
      // After a failed handshake the SDK leaves a rejection of its own, which is no Error, to nobody.
      if (String(error) !== 'Object') faults.push(String(error))
    })
    page.on('console', (message) => {
      // A refusal of the policy is one; an answer that is not 2xx is what the screen is about.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        faults.push(message.text())
      }
    })
    const foreign: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(double.url) && !request.url().startsWith('data:')) {
        foreign.push(request.url())
      }
    })
    const bridge = screen.bridge ?? {}
    if (client.startsWith('wecom') && bridge !== 'none') {
      await page.addInitScript(bridgeScript(bridge))
    }
    // The page left for a login before, and came back without a session.
    await page.addInitScript(`sessionStorage.setItem('sealcard.login', '1')`)
    await page.goto(double.url + screen.path)
    for (const { label, text } of screen.type ?? []) {
      await page.getByRole('textbox', { name: label[language], exact: true }).fill(text)
    }
    for (const name of screen.unfold ?? []) {
      await page.getByText(name[language], { exact: true }).click()
    }
    if (screen.find) await page.getByRole('searchbox').fill(screen.find)
    for (const name of screen.press ?? []) {
      await page.getByRole('button', { name: name[language] }).click()
    }
    await page.getByText(screen.shows[language]).first().waitFor()
    return { page, context, faults, foreign }
  }

  const violations = async (page: Page) => {
    await page.evaluate(AXE)
    return page.evaluate(async () => {
      const axe = (
        globalThis as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } }
      ).axe
      const found = await axe.run()
      return found.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' | ')}`,
      )
    })
  }

  it.each([320, 360, 390, 720])(
    'keeps the longest name within its watermark tile, %i px wide',
    async (width) => {
      const screen = SCREENS.find(({ name }) => name === 'opened-watermark-name')
      if (!screen) throw new Error('no such screen')
      const { page, context } = await show(screen, LOOKS[0])
      await page.setViewportSize({ width, height: 640 })
      const overlaps = await page.evaluate(() => {
        const turn = (24 * Math.PI) / 180
        const tiles = [...document.querySelectorAll<HTMLElement>('.watermark__text')].map((el) => {
          const box = el.getBoundingClientRect()
          const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
          return {
            // Along the text, and across it.
            u: x * Math.cos(turn) - y * Math.sin(turn),
            v: x * Math.sin(turn) + y * Math.cos(turn),
            width: el.offsetWidth,
            height: el.offsetHeight,
          }
        })
        return tiles.flatMap((one, i) =>
          tiles
            .slice(i + 1)
            .filter(
              (other) =>
                Math.abs(one.u - other.u) < (one.width + other.width) / 2 &&
                Math.abs(one.v - other.v) < (one.height + other.height) / 2,
            ),
        )
      })
      expect(overlaps).toEqual([])
      await context.close()
    },
  )

  it.each(['light', 'dark'] as const)(
    'tells a client without modules to update, in both languages, in %s',
    async (colorScheme) => {
      const context = await browser.newContext({
        viewport: { width: 390, height: 780 },
        colorScheme,
      })
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      // Chromium has modules: it gets the script of the others by hand, and the page's own not at all.
      await page.route('**/assets/*.js', (route) => route.abort())
      await page.addInitScript(OLD_CLIENT)
      await page.goto(`${double.url}/h5/`)
      await page.getByText('请升级企业微信后再打开').waitFor()
      await page.getByText('Please update WeCom').waitFor()
      expect(await page.locator('#root').isVisible()).toBe(false)
      if (PICTURES) {
        await page.screenshot({ path: path.join(PICTURES, `without-modules-${colorScheme}.png`) })
      }
      expect(await violations(page)).toEqual([])
      await context.close()
    },
  )

  describe.each(LOOKS)('in $language, $colorScheme', (look) => {
    it.each(inLook(look))(
      '$name has no fault of accessibility, of its policy or of its width',
      async (screen) => {
        const { name } = screen
        const { page, context, faults, foreign } = await show(screen, look)
        if (PICTURES) {
          await page.screenshot({
            path: path.join(PICTURES, `${name}-${look.language}-${look.colorScheme}.png`),
            fullPage: true,
          })
        }
        expect(await violations(page)).toEqual([])
        expect(faults).toEqual([])
        expect(foreign).toEqual([])
        expect(double.unmarked).toEqual([])
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(wide).toBe(0)
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(
          look.language === 'zh' ? 'zh-CN' : 'en',
        )
        await context.close()
      },
    )
  })
})

interface Violation {
  id: string
  nodes: { html: string }[]
}
