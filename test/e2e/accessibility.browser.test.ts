import type { Client } from '@sealcard/simulator'
import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import {
  browserPhones,
  describeInBrowser,
  launchBrowser,
  type BrowserPhoneDriver,
} from '../support/browser-phones.js'
import type { PhoneDrivers } from '../support/phone-driver.js'
import { startStack, type Stack } from '../support/stack.js'
import { manyLogins } from './scenarios.js'

const LIN = '林晓 Lin Xiao'
const CHEN = '陈默 Chen Mo'
const ZHOU = '周远 Zhou Yuan'

/** The words that lead from screen to screen, by the language of the phone. */
const WORDS = {
  zh_CN: {
    write: '写一张卡片',
    received: '我收到的',
    title: '标题',
    body: '正文',
    acknowledge: '需要确认“我已知悉”',
    submit: '完成，去分享',
    ready: '已设为私密',
    revoke: '撤回卡片',
    share: '分享到聊天',
    refused: '在这里打不开这张卡片',
    confirmed: '我已知悉',
    mistake: '请写标题',
    inChat: '要再看内容，请回到原聊天点击卡片。',
    question: '撤回这张卡片？',
    settings: '设置',
    code: '编号',
    edit: '编辑',
    save: '保存',
    search: '搜索标题',
    none: '没有符合条件的卡片',
    remove: '删除卡片',
    removing: '删除这张卡片？',
    cancel: '取消',
  },
  en: {
    write: 'Write a card',
    received: 'Received',
    title: 'Title',
    body: 'Text',
    acknowledge: 'Request an acknowledgement',
    submit: 'Continue to share',
    ready: 'Private:',
    revoke: 'Revoke the card',
    share: 'Share to a chat',
    refused: 'This card cannot be opened here',
    confirmed: 'I acknowledge',
    mistake: 'A title is needed',
    inChat: 'To read one again, tap it in its chat.',
    question: 'Revoke this card?',
    settings: 'Settings',
    code: 'Code',
    edit: 'Edit',
    save: 'Save',
    search: 'Search titles',
    none: 'No cards match',
    remove: 'Delete the card',
    removing: 'Delete this card?',
    cancel: 'Cancel',
  },
} as const

type Language = keyof typeof WORDS
const CLIENT: Client = 'wechat'

describeInBrowser('every screen for people who hear it or use a keyboard', () => {
  let stack: Stack
  let browser: Browser
  let phones: PhoneDrivers

  beforeAll(async () => {
    stack = await startStack({ config: manyLogins })
    browser = await launchBrowser()
  })
  afterEach(() => phones.close())
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
  })

  const take = async (person: string, language: Language) => {
    const id = `${person}-${CLIENT}`
    await fetch(`${stack.simulator.url}/simulator/phones/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ language }),
    })
    return (await phones.take(id)) as BrowserPhoneDriver
  }

  describe.each(['zh_CN', 'en'] as const)('in %s', (language) => {
    const words = WORDS[language]
    const found: string[] = []
    beforeEach(() => {
      found.length = 0
      phones = browserPhones(browser, stack.simulator.url, language === 'en' ? 'en-US' : 'zh-CN')
    })

    /** What axe finds critical or serious on a screen, in both themes. */
    const check = async ({ page }: BrowserPhoneDriver, screen: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const frame = page.frames().find((one) => one.url().includes('frame'))
        await frame?.waitForFunction(`document.documentElement.dataset.theme === '${colorScheme}'`)
        // The screen itself, not what stands in for it while it loads.
        await frame?.waitForFunction(`document.querySelector('.skeleton') === null`)
        for (const one of page.frames()) await one.evaluate(axe.source)
        const { violations } = await page.evaluate(() =>
          (window as unknown as { axe: typeof axe }).axe.run({
            resultTypes: ['violations'],
            // An experimental rule: it takes a comma between two visible texts for another name.
            rules: { 'label-content-name-mismatch': { enabled: false } },
          }),
        )
        found.push(
          ...violations
            .filter(({ impact }) => impact === 'critical' || impact === 'serious')
            .flatMap(({ id, nodes }) =>
              nodes.map(({ html }) => `${screen}, ${colorScheme}: ${id} ${html}`),
            )
            // The watermark is faint on purpose, and nobody hears it: incidental text (WCAG 1.4.3).
            .filter((fault) => !/: color-contrast .*"watermark__text"/.test(fault)),
        )
      }
    }

    it('has nothing that axe calls critical or serious', async () => {
      const title = `可达性 ${language}`
      const lin = await take('lin', language)
      await lin.openApp()
      await lin.waitForText(words.write)
      await check(lin, 'the list')
      await lin.tap(words.settings)
      await lin.waitForText(words.code)
      await check(lin, 'the settings')
      await lin.screen.back()
      await lin.tap(words.write)
      await lin.waitForText(words.body)
      await lin.tap(words.submit)
      await lin.waitForText(words.mistake)
      await check(lin, 'writing, with a mistake')
      await lin.fill(words.title, title)
      await lin.fill(words.body, '正文')
      await lin.tap(words.acknowledge)
      await lin.tap(words.submit)
      await lin.waitForText(words.ready)
      await lin.tap(words.edit)
      await lin.waitForText(words.save)
      await check(lin, 'editing')
      await lin.screen.back()
      await lin.screen.shareTo(CHEN, { button: words.share })
      const chen = await take('chen', language)
      await chen.openCard(LIN, title)
      await chen.waitForText(words.confirmed)
      await check(chen, 'an open card')
      await chen.tap(words.confirmed)
      await chen.quit()
      await chen.openApp()
      await chen.tap(words.received)
      await chen.waitForText(words.inChat)
      await check(chen, 'the received cards')
      await lin.quit()
      await lin.openApp()
      // A row of the list before the answer is about to be replaced: a tap on it may be lost.
      await lin.fill(words.search, 'zzzz')
      await lin.waitForText(words.none)
      await check(lin, 'a search that finds nothing')
      await lin.fill(words.search, title)
      await lin.tap(title)
      await lin.waitForText(words.revoke)
      await check(lin, 'my card with a reader')
      await lin.tap(words.remove)
      await lin.waitForText(words.removing)
      await check(lin, 'the question before deleting')
      await lin.tap(words.cancel)
      const old = await phones.take(`chen-${CLIENT}-old`)
      await old.forwardCard(LIN, title, ZHOU)
      const zhou = await take('zhou', language)
      await zhou.openCard(CHEN, title)
      await zhou.waitForText(words.refused)
      await check(zhou, 'a refusal')
      await lin.tap(words.revoke)
      await lin.waitForText(words.question)
      await check(lin, 'the question before revoking')
      expect(found).toEqual([])
    })
  })
})
