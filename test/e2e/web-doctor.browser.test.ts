import path from 'node:path'
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core'
import { deriveTicketKey } from '@sealcard/crypto'
import { describeInBrowser, launchBrowser } from '../support/browser-phones.js'
import { startDoctor } from '../support/doctor-process.js'
import { WebPhone } from '../support/web-phone.js'
import { startWebStack, type WebStack } from '../support/web-stack.js'
import { ticketAt } from '../support/web-tickets.js'

/** A folder: then each page is drawn into it. */
const PICTURES = process.env['SEALCARD_SCREENS']

describeInBrowser('sealcard doctor h5, with its page on the desk', () => {
  let browser: Browser
  let context: BrowserContext
  let desk: Page
  let stack: WebStack
  let link: string

  beforeAll(async () => {
    browser = await launchBrowser()
    stack = await startWebStack({ h5: { keyDerivation: 'unverified' } })
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
    desk.getByRole('region', { name: new RegExp(`^${name} `) }).first()
  const pageOn = (owner: Locator): FrameLocator => owner.frameLocator('.web-page iframe')
  const shows = (owner: Locator, text: string) => pageOn(owner).getByText(text).first().waitFor()
  const draw = async (owner: Locator, name: string) => {
    if (PICTURES) await owner.screenshot({ path: path.join(PICTURES, `${name}.png`) })
  }
  const open = async (owner: Locator, chat: string, card: RegExp) => {
    await owner.getByRole('button', { name: chat }).first().click()
    await owner.getByRole('button', { name: card }).first().click()
  }
  const send = async (address: string) => {
    const admin = await new WebPhone(stack, 'lin-wecom').open({ via: 'home' })
    await admin.login()
    await admin.register()
    await admin.share('wecom-lin-zhou', address)
  }
  /** A ticket that tells all derivations apart. */
  const tellingTicket = async () => {
    for (;;) {
      await stack.control.renewTicket('agent')
      const ticket = await ticketAt(stack.simulator.url, 'agent')
      if (deriveTicketKey(ticket, 'url16') !== deriveTicketKey(ticket, 'skip16')) return ticket
    }
  }

  it('finds the derivation by one share and one opening, and shows no secret', async () => {
    const ticket = await tellingTicket()
    await stack.control.setSettings({ wecom: { h5KeyDerivation: 'tail16' } })
    const doctor = startDoctor(stack, '--lang', 'zh')
    link = await doctor.link
    // The administrator sends the link to a colleague's chat, and opens it there.
    await send(link)
    const lin = phone('林晓 Lin Xiao · 企业微信')
    await open(lin, '周远', /一张私密卡片/)
    await shows(lin, '把这个页面发给一位同事')
    await shows(lin, 'SDK 版本 2.4.4')
    await draw(lin, 'doctor-ready')
    await pageOn(lin).getByRole('button', { name: '发给同事' }).click()
    await lin
      .getByRole('dialog', { name: '选择一个聊天' })
      .getByRole('button', { name: '项目组 Project team' })
      .click()
    await lin.getByRole('button', { name: '发送', exact: true }).click()
    await shows(lin, '请对方从聊天里点开它')
    const chen = phone('陈默 Chen Mo · 企业微信')
    await open(chen, '项目组 Project team', /网页体检/)
    await shows(chen, '样本已收到')
    await draw(chen, 'doctor-given')
    expect(await doctor.ended).toBe(0)
    const { out, err } = doctor.told
    expect(out).toContain('密钥的取法是 tail16')
    expect(out).toMatch(/SDK 2\.4\.4; 应用的 ticket 已取得 \d+ 分钟\n/)
    // The client's bridge works under the page's policy: it refused nothing.
    expect(out).not.toContain('CSP')
    for (const secret of [ticket, deriveTicketKey(ticket, 'tail16'), 'ChenMo'])
      expect(out + err + stack.bff.output).not.toContain(secret)
  })

  it('is closed afterwards: the page says that no doctor waits', async () => {
    await send(link)
    const zhou = phone('周远 Zhou Yuan · 企业微信')
    await open(zhou, '林晓', /一张私密卡片/)
    await shows(zhou, '现在没有体检')
    await draw(zhou, 'doctor-closed')
  })
})
