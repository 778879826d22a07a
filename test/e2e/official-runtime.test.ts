/**
 * @jest-environment ./support/jsdom-with-network.mjs
 *
 * The second opinion: the same compiled package on WeChat's official compiler (wcc) and framework (exparser).
 * Most WebView pages run on exparser. Both come from Tencent's npm packages.
 */
import path from 'node:path'
import { simulatorLink, type EnterOptions, type PhoneLink } from '@sealcard/simulator'
import { jsdomPhones } from '../support/jsdom-phones.js'
import { wxOnto } from '../support/official-wx.js'
import { startStack, weappDir, type Stack } from '../support/stack.js'

// eslint-disable-next-line @typescript-eslint/no-require-imports -- CommonJS without types
const simulate = require('miniprogram-simulate')

const CHEN = '陈默 Chen Mo'
const WORDS = '两种框架读到同一张卡片'

/** A platform that does not answer, and a package that waits for it without end. */
const stalledGuard = () => {
  const TIMEOUT_MS = 2_000
  const timer = globalThis.setTimeout
  const untimed = (run: () => void, ms?: number) => (ms === TIMEOUT_MS ? 0 : timer(run, ms))
  globalThis.setTimeout = untimed as typeof timer
  let call: { visualEffect: string; success: () => void } | null = null
  return {
    wx: { setVisualEffectOnCapture: (options: NonNullable<typeof call>) => void (call = options) },
    asked: () => call,
    answer: () => call?.success(),
  }
}

describe('the compiled package on wcc and exparser', () => {
  let stack: Stack

  beforeAll(async () => {
    stack = await startStack()
  })
  afterAll(() => stack.stop())

  it('opens a card that the other runtime shared, its words only behind the capture guard', async () => {
    const phones = await jsdomPhones(stack.simulator.url)
    const lin = await phones.take('lin-wechat')
    await lin.openApp()
    await lin.tap('写一张卡片')
    await lin.fill('标题', '第二意见')
    await lin.fill('正文', WORDS)
    await lin.tap('尽量防止截屏')
    await lin.tap('完成，去分享')
    await lin.waitForText('已设为私密')
    await lin.shareTo(CHEN)
    await phones.close()

    const link = simulatorLink(stack.simulator.url, 'chen-wechat')
    const chats = await stack.control.phone('chen-wechat').chats()
    const card = chats.flatMap((chat) => chat.cards).find((one) => one.title === '第二意见')!
    const guard = stalledGuard()
    await openPage(link, await link.open({ via: 'card', card: card.id }), guard.wx)

    await until(() => guard.asked() !== null)
    expect(guard.asked()).toMatchObject({ visualEffect: 'hidden' })
    // Whatever is to be rendered without waiting is rendered by then.
    for (let turns = 0; turns < 10; turns++) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(document.body.textContent).not.toContain(WORDS)
    guard.answer()
    await until(() => document.body.textContent.includes(WORDS))
    expect(document.body.textContent).toContain('第二意见')
  })
})

/** What WeChat does with a page: load the app, register the page, show it with its query. */
const openPage = async (link: PhoneLink, enter: EnterOptions, more: object) => {
  const global = globalThis as Record<string, unknown>
  Object.assign(global.wx as object, wxOnto(link, enter), more)
  let app: Record<string, (options: EnterOptions) => void> = {}
  const stack: { route: string }[] = []
  global.App = (config: typeof app) => (app = config)
  global.getApp = () => app
  global.getCurrentPages = () => stack
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the compiled package is CommonJS
  require(path.join(weappDir, 'app.js'))
  app.onLaunch?.(enter)
  app.onShow?.(enter)

  // miniprogram-simulate renders components; a page is a component with its methods spread out.
  global.Page = ({ data, eh, ...methods }: Record<string, unknown>) =>
    (global.Component as (config: object) => void)({ data, methods: { eh, ...lifecycle(methods) } })
  const id = simulate.load(path.join(weappDir, enter.path), {
    compiler: 'official',
    rootPath: weappDir,
  })
  const page = simulate.render(id)
  stack.push(Object.assign(page.instance, { route: enter.path }))
  page.instance.onLoad(enter.query)
  page.attach(document.body)
  page.instance.onShow()
  page.instance.onReady()
}

const lifecycle = ({ behaviors: _b, options: _o, ...methods }: Record<string, unknown>) => methods

const until = async (holds: () => boolean) => {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 3_000) throw new Error(`never came; the page shows: ${document.body.textContent}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
