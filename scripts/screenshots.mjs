// Draws the pictures of the documentation: the desk of phones, a card that was written, read and refused, and the bot.
// Usage: node scripts/screenshots.mjs [folder] [light|dark], with the product built and a Chromium on the machine.
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { drawConsole } from './lib/console-pictures.mjs'
import { findBrowser } from './lib/browser.mjs'
import { clockFileOf, DEMO, demoEnvironment, registerBot } from './lib/demo-config.mjs'
import { at } from './lib/paths.mjs'
import { freePort } from './lib/ports.mjs'
import { service } from './lib/service.mjs'

const { chromium } = createRequire(at('test/package.json'))('playwright-core')
const simulator = await import('../packages/simulator/dist/index.js')

const folder = path.resolve(process.argv[2] ?? at('docs/images'))
mkdirSync(folder, { recursive: true })
const themes = process.argv[3] === undefined ? ['light', 'dark'] : [process.argv[3]]
const dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-screens-'))
const port = await freePort(0)
const platforms = await simulator.startSimulator({
  data: path.join(dir, 'simulator'),
  clockFile: clockFileOf(dir),
  seed: 'demo',
  weapp: at('apps/mini/dist'),
  domains: { [DEMO.bffUrl]: `http://127.0.0.1:${port}` },
})
const secrets = { wechat: simulator.FAKE_WECHAT_SECRET, wecom: simulator.FAKE_WECOM_SECRET }
const env = {
  ...demoEnvironment(dir, platforms.url, secrets),
  HOST: '127.0.0.1',
  PORT: String(port),
}
const bff = service('the BFF', ['apps/bff/dist/main.js'], env)
await bff.ready
await registerBot(platforms.url, `http://127.0.0.1:${port}`, env)

const browser = await chromium.launch({
  executablePath: findBrowser() ?? undefined,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
})
const draw = async (colorScheme) => {
  const page = await browser.newPage({
    viewport: { width: 1500, height: 1000 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme,
  })
  const take = async (phone) => {
    const context = await browser.newContext({
      viewport: { width: 420, height: 860 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      colorScheme,
    })
    const tab = await context.newPage()
    return { tab, hand: await new simulator.PhonePage(tab, platforms.url, phone).goto() }
  }
  const shot = (tab, name) =>
    tab.screenshot({
      path: path.join(folder, `${name}${colorScheme === 'dark' ? '-dark' : ''}.png`),
      // A page that still slides in is drawn at its place.
      animations: 'disabled',
    })

  const lin = await take('lin-wechat')
  await lin.hand.openMiniProgram()
  await lin.hand.tap('写一张卡片')
  await lin.hand.fill('标题', '季度奖金')
  await lin.hand.fill('正文', '你的季度奖金是 18,000 元，周五到账。请不要转告他人。')
  await shot(lin.tab, 'write')
  await lin.hand.tap('完成，去分享')
  await lin.hand.waitForText('已设为私密')
  await lin.hand.shareTo('陈默 Chen Mo', { button: '分享到聊天' })
  const isFirst = colorScheme === themes[0]
  if (isFirst) await name(lin.hand, '林晓')
  const chen = await take('chen-wechat')
  await chen.hand.openChat('林晓 Lin Xiao')
  await shot(chen.tab, 'chat')
  await chen.hand.tapCard('季度奖金')
  await chen.hand.waitForText('18,000')
  if (isFirst) await name(chen.hand, '陈默')
  // The next reading carries the name in its watermark.
  await chen.hand.openChat('林晓 Lin Xiao')
  await chen.hand.tapCard('季度奖金')
  await chen.hand.waitForText('18,000')
  await shot(chen.tab, 'open')
  await lin.hand.waitForText('陈默（自填）')
  await lin.hand.waitForText('看了 2 次')
  await lin.hand.app.getByText('谁看过').evaluate((node) => {
    node.scrollIntoView({ block: 'center' })
  })
  await shot(lin.tab, 'card')
  const old = await take('chen-wechat-old')
  await old.hand.openChat('林晓 Lin Xiao')
  await old.hand.forwardCard('季度奖金', '周远 Zhou Yuan')
  const zhou = await take('zhou-wechat')
  await zhou.hand.openChat('陈默 Chen Mo')
  await zhou.hand.tapCard('季度奖金')
  await zhou.hand.waitForText('在这里打不开这张卡片')
  await shot(zhou.tab, 'refused')
  await chatWithBot(await take('lin-wecom'), colorScheme === 'dark' ? '月报' : '周报', shot)
  await page.goto(platforms.url)
  await page.locator('.phone').first().waitFor()
  await page.waitForTimeout(1500)
  await shot(page, 'desk')
  await three(
    page,
    ['card', 'open', 'refused'].map(
      (name) => `${name}${colorScheme === 'dark' ? '-dark' : ''}.png`,
    ),
  )
  await shot(page, 'phones')
  const desk = await browser.newPage({
    viewport: { width: 1280, height: 720 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme,
  })
  await drawConsole(desk, `http://127.0.0.1:${port}`, env.SEALCARD_ADMIN_TOKEN, shot)
}

const name = async (hand, text) => {
  await hand.fill('你的名字', text)
  await hand.tap('保存名字')
  await hand.waitForText('名字已保存')
}

/** Writes a card, asks the bot for it, and revokes it by a button. */
const chatWithBot = async ({ tab, hand }, title, shot) => {
  await hand.openMiniProgram()
  await hand.tap('写一张卡片')
  await hand.fill('标题', title)
  await hand.fill('正文', '本周完成了三件事。')
  await hand.tap('完成，去分享')
  await hand.waitForText('已设为私密')
  await hand.openChat(DEMO.bot.name)
  await hand.say('我的卡片')
  await hand.botCard('我的卡片').waitFor()
  const question = `撤回“${title}”？`
  await hand.say(`撤回 ${title}`)
  await hand.botCard(question).waitFor()
  await shot(tab, 'bot')
  await hand.pressOnCard(question, '确认撤回')
  await hand.botCard(`已撤回“${title}”`).waitFor()
}

/** Three screens side by side: written, opened, refused. */
const three = async (page, files) => {
  const images = files.map((file) => readFileSync(path.join(folder, file)).toString('base64'))
  await page.setViewportSize({ width: 1284, height: 860 })
  await page.setContent(
    `<body style="margin:0;display:flex;gap:12px">${images.map((data) => `<img width="420" src="data:image/png;base64,${data}">`).join('')}`,
  )
}

try {
  for (const colorScheme of themes) await draw(colorScheme)
} finally {
  await browser.close()
  await bff.stop()
  await platforms.close()
}
