import path from 'node:path'
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core'
import { eventually } from '@sealcard/testing'
import { describeInBrowser, launchBrowser } from '../support/browser-phones.js'
import { inSqlite } from '../support/in-sqlite.js'
import { type PageProof, WebPhone } from '../support/web-phone.js'
import { startWebStack, WEB_APP, WEB_ORIGIN, type WebStack } from '../support/web-stack.js'

const GROUP = '项目组 Project team'
const DAY = 24 * 60 * 60 * 1000
const WORDS = '你的季度奖金是 18,000 元。'

/** The built page of the built service, on the phones of the desk. One card is shared; every test opens it anew. */
describeInBrowser('private cards in web pages, on the desk', () => {
  let browser: Browser
  let context: BrowserContext
  let desk: Page
  let stack: WebStack
  let shareId: string
  let bubble: string

  beforeAll(async () => {
    browser = await launchBrowser()
    stack = await startWebStack()
    context = await browser.newContext({
      viewport: { width: 1400, height: 1000 },
      locale: 'zh-CN',
    })
    desk = await context.newPage()
    desk.setDefaultTimeout(60_000)
    await desk.goto(stack.simulator.url)
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
  })

  const phone = (name: string): Locator =>
    desk.getByRole('region', { name: new RegExp(`^${name} `) })
  const lin = () => phone('林晓 Lin Xiao · 企业微信')
  const chen = () => phone('陈默 Chen Mo · 企业微信').first()
  const pageOn = (owner: Locator): FrameLocator => owner.frameLocator('.web-page iframe')
  const shows = (owner: Locator, text: string) => pageOn(owner).getByText(text).first().waitFor()

  const cardsOf = (owner: Locator) => owner.getByRole('button', { name: /一张私密卡片/ })
  /** Out of whatever is open, to that chat. */
  const toChat = async (owner: Locator, chat: string) => {
    const close = owner.getByRole('button', { name: '关闭', exact: true })
    if (await close.isVisible()) await close.click()
    const entry = owner.getByRole('button', { name: chat }).first()
    await entry.or(cardsOf(owner)).first().waitFor()
    if (await entry.isVisible()) await entry.click()
  }
  /** To the first card of that chat. */
  const openFrom = async (owner: Locator, chat: string) => {
    await toChat(owner, chat)
    await cardsOf(owner).first().click()
  }
  const openFromGroup = (owner: Locator) => openFrom(owner, GROUP)

  /** Lin sends the bare link, as whoever copied it could. */
  const sendLink = async (chat: string) => {
    const page = await new WebPhone(stack, 'lin-wecom').open({ via: 'home' })
    await page.login()
    await page.register()
    await page.share(chat, `${WEB_ORIGIN}/h5/o?s=${shareId}`)
  }

  /** A call of the page's own script, in its frame. */
  const fromPage = async (owner: Locator, path: string, body?: object) => {
    const answer = await pageOn(owner)
      .locator('body')
      .evaluate(
        async (_, [url, text]) => {
          const reply = await fetch(url, {
            method: text === null ? 'GET' : 'POST',
            headers: { 'x-sealcard': '1', 'content-type': 'application/json' },
            ...(text !== null && { body: text }),
          })
          return { status: reply.status, text: await reply.text() }
        },
        [path, body === undefined ? null : JSON.stringify(body)] as const,
      )
    return { status: answer.status, body: JSON.parse(answer.text) }
  }

  it('shares from the page to a group', async () => {
    await lin().getByRole('button', { name: '工作台' }).click()
    await lin().getByRole('button', { name: /网页/ }).click()
    const page = pageOn(lin())
    await page.getByRole('link', { name: '写一张卡片' }).click()
    await page.getByRole('textbox', { name: '标题', exact: true }).fill('季度奖金')
    await page.getByRole('textbox', { name: '正文', exact: true }).fill(WORDS)
    await page.getByRole('button', { name: '完成，去分享' }).click()
    await page.getByRole('button', { name: '分享到聊天' }).click()
    await lin()
      .getByRole('dialog', { name: '选择一个聊天' })
      .getByRole('button', { name: GROUP })
      .click()
    await lin().getByRole('button', { name: '发送', exact: true }).click()
    await shows(lin(), '已发送')
    const chats = await stack.control.phone('chen-wecom').chats()
    const [card] = chats.flatMap(({ cards }) => cards)
    expect(card).toMatchObject({ private: true, title: '一张私密卡片' })
    bubble = card?.id ?? ''
    shareId = new URL(card?.link?.url ?? '').searchParams.get('s') ?? ''
    expect(shareId).toMatch(/^\w{22}$/)
  })

  it('opens for a member of the group, and its sender sees that', async () => {
    await openFromGroup(chen())
    await shows(chen(), WORDS)
    // The card's title is nowhere in the chat.
    expect(await chen().getByText('季度奖金').count()).toBe(0)
    const { body } = await fromPage(lin(), '/v1/cards?box=sent')
    expect(body.items[0].openings).toMatchObject({ viewers: 1, total: 1, refused: 0 })
  })

  it('is edited, extended, labelled, asked for and found again by its sender', async () => {
    const page = pageOn(lin())
    const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
    const follow = (name: string | RegExp) => page.getByRole('link', { name }).click()
    const field = (name: string) => page.getByRole('textbox', { name, exact: true })
    await follow('返回')
    await follow('写一张卡片')
    await field('标题').fill('年中考核')
    await field('正文').fill('初稿')
    await press('完成，去分享')
    await shows(lin(), '已设为私密')

    await follow(/^编辑/)
    await field('标题').fill('年中考核 定稿')
    await press('保存')
    await page.getByRole('heading', { name: '年中考核 定稿' }).waitFor()

    await press('+7 天')
    await shows(lin(), '已延到')
    const day = new Date(Date.now() + 60 * DAY).toLocaleDateString('sv')
    await page.getByLabel('选择日期').fill(day)
    await press('延到这一天')
    await shows(lin(), `已延到 ${day} 23:59`)

    await field('分享给谁（选填）').fill('项目组')
    await press('分享到聊天')
    await lin()
      .getByRole('dialog', { name: '选择一个聊天' })
      .getByRole('button', { name: GROUP })
      .click()
    await lin().getByRole('button', { name: '发送', exact: true }).click()
    await shows(lin(), '已发送：项目组')

    const chats = await stack.control.phone('chen-wecom').chats()
    const sent = chats.flatMap(({ cards }) => cards).at(-1)
    const labelled = new URL(sent?.link?.url ?? '').searchParams.get('s')
    const zhou = await new WebPhone(stack, 'zhou-wecom').open({ via: 'home' })
    await zhou.login()
    const asked = await zhou.call('POST', `/v1/shares/${labelled}/requests`, { note: '我也要看' })
    expect(asked.status).toBe(202)
    await page.locator('body').evaluate(() => {
      window.location.reload()
    })
    await shows(lin(), '我也要看')
    // Nobody has come by it yet, and it stands in the list of readers.
    await page.getByRole('heading', { name: '经由“项目组”' }).waitFor()
    await press('忽略 周远 Zhou Yuan')
    await page.getByText('我也要看').waitFor({ state: 'hidden' })

    await follow('设置与隐私')
    await press('查看我的数据')
    await shows(lin(), '我写的卡片')
    await follow('返回')
    await page.getByRole('searchbox').fill('定稿')
    await page.getByRole('link', { name: /季度奖金/ }).waitFor({ state: 'hidden' })
    await follow(/年中考核 定稿/)
    await shows(lin(), '初稿')
  })

  it('is refused to a colleague who only has the link', async () => {
    const zhou = phone('周远 Zhou Yuan · 企业微信')
    await sendLink('wecom-lin-zhou')
    await openFrom(zhou, '林晓')
    await shows(zhou, '请在原聊天中点击卡片打开')
    expect(await pageOn(zhou).getByText(WORDS).count()).toBe(0)
    // What the client does not give, the page's script does not get either.
    const sent = await fromPage(zhou, `/v1/shares/${shareId}/openings`, {
      encryptedData: '',
      iv: '',
    })
    expect([sent.status, sent.body.code]).toEqual([403, 'ERR_PROOF_REJECTED'])
  })

  it('is refused with another person’s proof, and with a forged one, in the page of a colleague', async () => {
    const zhou = phone('周远 Zhou Yuan · 企业微信')
    const other = await new WebPhone(stack, 'chen-wecom').open({ via: 'card', card: bubble })
    await other.login()
    await other.register()
    const proof = (await other.prove()) as PageProof
    expect(proof).toHaveProperty('encryptedData')
    const forged = { ...proof, iv: Buffer.alloc(16, 7).toString('base64') }
    for (const one of [proof, forged]) {
      const answer = await fromPage(zhou, `/v1/shares/${shareId}/openings`, one)
      expect([answer.status, answer.body.code]).toEqual([403, 'ERR_PROOF_REJECTED'])
    }
  })

  it('does not log a person in as somebody else: a planted login begins again', async () => {
    const mallory = new WebPhone(stack, 'zhou-wecom')
    const planted = await mallory.authorize(await mallory.leave())
    await openFromGroup(chen())
    await shows(chen(), WORDS)
    const before = await fromPage(chen(), '/v1/sessions/current')
    const frame = pageOn(chen()).locator('body')
    await frame.evaluate((_, path) => {
      window.location.assign(path)
    }, planted)
    await pageOn(chen()).getByRole('link', { name: '写一张卡片' }).waitFor()
    const after = await fromPage(chen(), '/v1/sessions/current')
    expect(after.body.viewer).toEqual(before.body.viewer)
    await mallory.login()
    const { body } = await mallory.call('GET', '/v1/sessions/current')
    expect(body.viewer).not.toEqual(after.body.viewer)
  })

  it('makes nothing of a forged state: the login begins again, as the person themselves', async () => {
    await openFromGroup(chen())
    await shows(chen(), WORDS)
    const before = await fromPage(chen(), '/v1/sessions/current')
    const frame = pageOn(chen()).locator('body')
    await frame.evaluate(async () => {
      await fetch('/v1/sessions/current', { method: 'DELETE', headers: { 'x-sealcard': '1' } })
      window.location.assign(`/h5/callback?code=x&state=${'0'.repeat(64)}`)
    })
    await pageOn(chen()).getByRole('link', { name: '写一张卡片' }).waitFor()
    const after = await fromPage(chen(), '/v1/sessions/current')
    expect(after.body.viewer).toEqual(before.body.viewer)
    expect(await frame.evaluate(() => window.location.search)).toBe('')
  })

  describe('with a ticket that is replaced while the page asks', () => {
    /** Lin's card may be opened three times by each person: so the page asks first. */
    const askedAt = async (key: string) => {
      const lin = await new WebPhone(stack, 'lin-wecom').open({ via: 'home' })
      await lin.login()
      await lin.register()
      const card = { title: '季度奖金', body: WORDS, policy: { maxOpensPerViewer: 3 } }
      const made = await lin.call('POST', '/v1/cards', card, { 'idempotency-key': key })
      const { body } = await lin.call('POST', `/v1/cards/${made.body.id}/shares`)
      const { state } = body.declare
      await lin.invoke('setShareAttr', { withShareTicket: true, state })
      await lin.share('wecom-group', body.h5Url)
      await openNewest()
      await shows(chen(), '还可以看 3 次')
    }
    /** Chen goes to the chat, which has every card by now. */
    const openNewest = async () => {
      const chats = await stack.control.phone('chen-wecom').chats()
      const sent = chats.find(({ id }) => id === 'wecom-group')?.cards.length
      await toChat(chen(), GROUP)
      const cards = chen().locator('button.card')
      await eventually(async () => (await cards.count()) === sent)
      await cards.last().click()
    }
    /** As the passing of two hours would. */
    const replaceTicket = async () => {
      const ofTicket = `id = '${WEB_APP}:agent'`
      const change = (columns: string) =>
        inSqlite(file(), `UPDATE web_tickets SET ${columns} WHERE ${ofTicket}`)
      await stack.control.setSettings({ wecom: { h5TicketSameInsideLife: false } })
      await stack.bff.stop()
      await change('refresh_at = 0, previous_envelope = NULL, previous_until = 0')
      await stack.bff.start()
      const lin = await new WebPhone(stack, 'lin-wecom').open({ via: 'home' })
      await lin.register()
      await eventually(async () => {
        const sql = `SELECT 1 FROM web_tickets WHERE ${ofTicket} AND previous_until > 0`
        return (await inSqlite(file(), sql)).length === 1
      })
      await stack.control.setSettings({ wecom: { h5TicketSameInsideLife: true } })
      return { endGrace: () => change('previous_until = 1') }
    }
    const file = () => path.join(stack.dir, 'sealcard.sqlite')
    const read = () => pageOn(chen()).getByRole('button', { name: '现在看' }).click()

    it('opens by the previous ticket inside its grace', async () => {
      await askedAt('inside')
      await replaceTicket()
      await read()
      await shows(chen(), WORDS)
    })

    it('is refused outside of it', async () => {
      await askedAt('outside')
      const { endGrace } = await replaceTicket()
      await endGrace()
      await read()
      await shows(chen(), '在这里打不开这张卡片')
      expect(await pageOn(chen()).getByText(WORDS).count()).toBe(0)
    })
  })

  it('is not opened in WeChat, which vouches for nobody', async () => {
    await stack.control.addPerson({ id: 'guest', name: '客人 Guest' })
    await stack.control.addPhone({ id: 'guest-wechat', person: 'guest', client: 'wechat' })
    const members = ['lin', 'guest']
    const chat = { client: 'wecom', kind: 'single', interop: true, members } as const
    await stack.control.addChat({ ...chat, id: 'interop', members })
    await sendLink('interop')
    const guest = phone('客人 Guest · 微信')
    await openFrom(guest, '林晓')
    await shows(guest, '请在企业微信里打开')
    expect(await pageOn(guest).getByText(WORDS).count()).toBe(0)
  })

  it('is refused to a person who left the group', async () => {
    await openFromGroup(chen())
    await shows(chen(), WORDS)
    await stack.control.leave('wecom-group', 'chen')
    await pageOn(chen())
      .locator('body')
      .evaluate(() => {
        window.location.reload()
      })
    await shows(chen(), '在这里打不开这张卡片')
    expect(await pageOn(chen()).getByText(WORDS).count()).toBe(0)
  })
})
