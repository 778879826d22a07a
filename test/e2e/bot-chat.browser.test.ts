import { rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { FAKE_WECOM_SECRET } from '@sealcard/simulator'
import { eventually } from '@sealcard/testing'
import type { Browser, Page } from 'playwright-core'
import {
  browserPhones,
  describeInBrowser,
  launchBrowser,
  type BrowserPhoneDriver,
} from '../support/browser-phones.js'
import { Member } from '../support/member.js'
import { replaceFile } from '../support/replace-file.js'
import { startStack, type Stack } from '../support/stack.js'

const KEYS = {
  token: 'TokenOfTheDesk0000000001',
  encodingAesKey: 'Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v',
}
const BOT = '封笺助手'
const BROKEN = '坏掉的机器人'
const slowFile = path.join(os.tmpdir(), `sealcard-slow-commands-${process.pid}-phone`)
const miniProgramAppid = 'wx0000000000000001'

describeInBrowser('the chat with the smart bot, on a phone in Chromium', () => {
  let browser: Browser
  let stack: Stack
  let lin: Member
  let phones: ReturnType<typeof browserPhones>
  let phone: BrowserPhoneDriver
  let page: Page

  beforeAll(async () => {
    const preload = pathToFileURL(path.join(__dirname, '../support/slow-commands.mjs')).href
    const env = { NODE_OPTIONS: `--import=${preload}`, SLOW_COMMANDS_FILE: slowFile }
    const bots = [{ id: 'desk', app: 'demo-wecom', ...KEYS, miniProgramAppid }]
    stack = await startStack({ config: { bots }, env, modules: true })
    const url = `${stack.bff.url}/v1/bots/desk/callback`
    await stack.control.putBot('desk', { url, name: BOT, ...KEYS })
    await stack.control.putBot('broken', { url: `${stack.bff.url}/nowhere`, name: BROKEN, ...KEYS })
    lin = new Member('lin', 'wecom', stack.control, stack.bff.url)
    await lin.logIn()
    browser = await launchBrowser()
    phones = browserPhones(browser, stack.simulator.url)
  })
  beforeEach(async () => {
    phone = (await phones.take('lin-wecom')) as BrowserPhoneDriver
    page = phone.page
  })
  afterEach(() => phones.close())
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
  })

  const statusOf = async (id: string) => (await lin.call('GET', `/v1/cards/${id}`)).body.status
  const write = async (title: string) => {
    const { body } = await lin.createCard(title, 'CANARY-BODY', `k${title.length}`)
    return body.id as string
  }

  it('plays 帮助, 我的卡片, 撤回: asks by button, and the card changes under the finger', async () => {
    const id = await write('周报')
    const { screen } = phone
    await screen.openChat(BOT)
    // The first entry of the day is greeted.
    await screen.botCard('封笺：管理你的私密卡片').getByText('你好，我可以帮你').waitFor()
    await screen.say('帮助')
    await page.getByRole('log', { name: BOT }).getByText('帮助', { exact: true }).waitFor()
    await screen.pressOnCard('封笺：管理你的私密卡片', '我的卡片')
    await screen.botCard('我的卡片').getByText('周报 · 有效 · 0 人看过').waitFor()
    await screen.say('撤回 周报')
    const question = '撤回“周报”？'
    await screen.botCard(question).getByText('不能恢复').waitFor()
    expect(await statusOf(id)).toBe('active')
    await screen.pressOnCard(question, '确认撤回')
    await screen.botCard('已撤回“周报”').waitFor()
    expect(await statusOf(id)).toBe('revoked')
    // The question is gone: a second press is impossible.
    await screen.botCard(question).waitFor({ state: 'detached' })
    expect(await page.getByRole('log').innerText()).not.toContain('CANARY-BODY')
    const [bot] = await stack.control.bots()
    expect(bot?.complaints).toBe(0)
  })

  it('opens the mini-program at the page that a card names, cold and warm', async () => {
    await write('周计划表')
    const { screen } = phone
    await screen.openChat(BOT)
    await screen.say('我的卡片')
    await screen.pressOnCard('我的卡片', '周计划表')
    await screen.waitForText('CANARY-BODY')
    await screen.close()
    await screen.pressOnCard('我的卡片', '在小程序中查看')
    await screen.waitForText('写一张卡片')
  })

  it('shows a stream while it runs, and its end, which may be rated', async () => {
    const { screen } = phone
    await screen.openChat(BOT)
    replaceFile(slowFile, '600000')
    try {
      await screen.say('统计')
      const log = page.getByRole('log', { name: BOT })
      const bubble = log.locator('.bubble[aria-busy=true]')
      await bubble.getByText(/正在处理，已用 [1-9]\d* 秒/).waitFor()
      await bubble.getByText('正在回复').waitFor()
      rmSync(slowFile, { force: true })
      await log
        .locator('.bubble')
        .getByText(/打开次数 +0/)
        .waitFor()
      expect(await bubble.count()).toBe(0)
    } finally {
      rmSync(slowFile, { force: true })
    }
    await page.getByRole('button', { name: '有帮助', exact: true }).click()
    await page.getByText('已反馈').waitFor()
    // The phone thanks at once; the bot gets the event after that.
    const told = 'sealcard_bot_feedback_total{bot="desk",type="accurate"} 1'
    await eventually(async () =>
      (await (await fetch(`${stack.bff.url}/metrics`)).text()).includes(told),
    )
  })

  it('says when a bot does not answer as it should, and why', async () => {
    // The bot does not answer the event of entering the chat either.
    await phone.screen.openChat(BROKEN)
    await page.getByText('机器人没有正确回答').click()
    await page.getByText(/404/).waitFor()
    await phone.screen.say('帮助')
    await page.getByText('机器人没有正确回答').nth(1).waitFor()
  })

  it('has what the app writes beside it, as it comes, in a chat where nothing can be said', async () => {
    const { wecomApiBase } = stack.control
    const query = `corpid=ww0000000000000001&corpsecret=${FAKE_WECOM_SECRET}`
    const token = await (await fetch(`${wecomApiBase}/cgi-bin/gettoken?${query}`)).json()
    const write = (content: string) =>
      fetch(`${wecomApiBase}/cgi-bin/message/send?access_token=${token.access_token}`, {
        method: 'POST',
        body: JSON.stringify({
          touser: 'LinXiao',
          msgtype: 'text',
          agentid: 1000002,
          text: { content },
        }),
      })
    await write('第一条')
    await phone.screen.openChat('封笺 Sealcard')
    await page.getByText('第一条').waitFor()
    await write('第二条')
    await page.getByText('第二条').waitFor()
    expect(await page.locator('.composer').count()).toBe(0)
  })

  it('in English, in the dark, by keyboard alone', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.goto(`${stack.simulator.url}/phones/lin-wecom?lang=en`)
    await page.locator('.phone .row').first().waitFor()
    await phone.screen.openChat(BOT)
    const input = page.getByRole('textbox', { name: 'Message' })
    await input.focus()
    await page.keyboard.type('help')
    await page.keyboard.press('Enter')
    const help = phone.screen.botCard('Sealcard: your private cards')
    await help.waitFor()
    await page.keyboard.press('Shift+Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('mini-program')
  })
})
