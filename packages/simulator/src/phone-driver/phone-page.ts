import type { FrameLike, LocatorLike, PageLike, RoleOptions } from './page-like.js'

/** A phone speaks its owner's language, so every word of the client is looked for in both. */
const client = {
  openMiniProgram: /^(打开小程序|Open mini-program)$/,
  back: /^(返回|Back)$/,
  close: /^(关闭|Close)$/,
  menu: /^(菜单|Menu)$/,
  quit: /^(结束运行|Exit)$/,
  forward: /^(转发|Forward)$/,
  capture: /^(截屏|Screenshot)$/,
  chooseChat: /^(选择一个聊天|Choose a chat)$/,
  sendTo: /^(发送给|Send to)$/,
  send: /^(发送|Send)$/,
  cancel: /^(取消|Cancel)$/,
  gotIt: /^(知道了|OK)$/,
  message: /^(发消息|Message)$/,
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export interface ShareOptions {
  via?: 'button' | 'menu'
  /** Name of the mini-program's own share button. */
  button?: string | RegExp
}

/** The client refused; the message is the text that it shows to the person. */
export class ClientRefused extends Error {
  override name = 'ClientRefused'
}

/** One phone of the simulator at `/phones/:id`, driven as a person would, through names that people see or hear. */
export class PhonePage {
  constructor(
    readonly page: PageLike,
    readonly baseUrl: string,
    readonly phoneId: string,
  ) {}

  async goto(): Promise<this> {
    await this.page.goto(
      `${this.baseUrl.replace(/\/$/, '')}/phones/${encodeURIComponent(this.phoneId)}?phones=own`,
    )
    await this.page.locator('.phone').waitFor()
    await this.page.locator('.phone .row, .phone .empty').first().waitFor()
    return this
  }

  #role(role: string, options?: RoleOptions): LocatorLike {
    return this.page.getByRole(role as never, options)
  }

  /** The running mini-program's page. */
  get app(): FrameLike {
    return this.page.frameLocator('.mini-program iframe')
  }

  /** The page on top with the client's overlays: pages below it in the stack are still in the document. */
  get #shown(): LocatorLike {
    return this.app.locator('wx-page-box:not([hidden]), .phone-overlay, .phone-tab-bar')
  }

  async #running(): Promise<boolean> {
    return this.page.locator('.mini-program:not([hidden])').isVisible()
  }

  /** To the list of chats, whatever is open. */
  async home(): Promise<void> {
    if (await this.#running()) await this.close()
    const back = this.page.locator('.screen .bar-icon')
    if (await back.isVisible()) await back.click()
  }

  /** From 最近使用: without any card, and so without a ticket. */
  async openMiniProgram(): Promise<void> {
    await this.home()
    await this.#role('button', { name: client.openMiniProgram }).first().click()
    await this.#loaded()
  }

  async #loaded(): Promise<void> {
    await this.app.locator('wx-page-box:not([hidden])').waitFor()
  }

  /** Returns to the client. The mini-program keeps running in the background and starts warm. */
  async close(): Promise<void> {
    await this.page
      .locator('.capsule')
      .getByRole('button' as never, { name: client.close })
      .click()
    await this.page.locator('.mini-program:not([hidden])').waitFor({ state: 'hidden' })
  }

  /** Ends the mini-program: the next start is cold, its tickets are dead. */
  async quit(): Promise<void> {
    await this.#menu(client.quit)
    await this.page.locator('.mini-program').waitFor({ state: 'detached' })
  }

  async #menu(item: RegExp): Promise<void> {
    await this.page
      .locator('.capsule')
      .getByRole('button' as never, { name: client.menu })
      .click()
    await this.page
      .locator('.sheet')
      .getByRole('button' as never, { name: item })
      .click()
  }

  async captureScreen(): Promise<void> {
    await this.#menu(client.capture)
  }

  async openChat(name: string): Promise<void> {
    await this.home()
    await this.page.locator('.row-title').getByText(name, { exact: true }).click()
    await this.page.locator('.messages').waitFor()
  }

  /** Says something in the open chat with a smart bot. */
  async say(text: string): Promise<void> {
    await this.#role('textbox', { name: client.message }).fill(text)
    await this.page
      .locator('.composer')
      .getByRole('button' as never, { name: client.send })
      .click()
  }

  /** The newest template card of the open chat with this title; buttons and links are inside. */
  botCard(title: string): LocatorLike {
    return this.#role('article', { name: title, exact: true }).last()
  }

  /** Presses a button or link of the newest template card with this title. */
  async pressOnCard(title: string, name: string): Promise<void> {
    await this.botCard(title)
      .getByRole('button' as never, { name, exact: true })
      .click()
  }

  /** The newest card with that title in the open chat. */
  card(title: string): LocatorLike {
    return this.page.locator('.card').filter({ hasText: title }).last()
  }

  async tapCard(title: string): Promise<void> {
    await this.card(title).click()
    await this.#loaded()
  }

  /** Long-press, 转发, choose a chat, send. Throws ClientRefused if this client does not forward it. */
  async forwardCard(title: string, chat: string): Promise<void> {
    const more = new RegExp(`: ${escaped(title)}$`)
    await this.#role('button', { name: more }).last().click()
    const sheet = this.page.locator('.sheet')
    const forward = sheet.getByRole('button' as never, { name: client.forward })
    if (await forward.isDisabled()) {
      const text = await sheet.locator('.is-note').innerText()
      await sheet.locator('.sheet-cancel').click()
      throw new ClientRefused(text)
    }
    await forward.click()
    await this.#sendTo(chat)
  }

  /** Presses what has this name in the mini-program: a button or another control, else the text itself. */
  async tap(name: string | RegExp): Promise<void> {
    const options = typeof name === 'string' ? { name, exact: true } : { name }
    const control = ['button', 'link', 'switch', 'checkbox', 'radio', 'tab']
      .map((role) => this.#shown.getByRole(role as never, options))
      .reduce((all, one) => all.or(one as never))
    const text = this.#shown.getByText(name, { exact: true })
    await control
      .or(text as never)
      .first()
      .waitFor()
    await ((await control.count()) > 0 ? control : text).first().click()
  }

  async fill(label: string, text: string): Promise<void> {
    const labelled = this.#shown.getByLabel(label, { exact: true })
    const held = this.#shown.getByPlaceholder(label, { exact: true })
    await labelled
      .or(held as never)
      .first()
      .fill(text)
  }

  /** The mini-program's own share button, or 转发 in the capsule's menu; then a chat. Throws ClientRefused. */
  async shareTo(chat: string, options: ShareOptions = {}): Promise<void> {
    if (options.via === 'menu') await this.#menu(client.forward)
    else await this.tap(options.button ?? /分享|Share/)
    await this.#sendTo(chat)
  }

  async #sendTo(chat: string): Promise<void> {
    const sheet = this.#role('dialog', { name: client.chooseChat })
    await sheet.getByText(chat, { exact: true }).first().click()
    await this.#role('dialog', { name: client.sendTo })
      .getByRole('button' as never, { name: client.send })
      .click()
    // The client closes the list of chats when it knows the outcome. The toast is gone after a moment, so nobody waits for it.
    await sheet.waitFor({ state: 'hidden' })
    const alert = this.#role('alertdialog')
    if (!(await alert.isVisible())) return
    const text = await alert.locator('p').innerText()
    await alert.getByRole('button' as never, { name: client.gotIt }).click()
    throw new ClientRefused(text)
  }

  /** What the mini-program's page shows. */
  text(): Promise<string> {
    return this.app.locator('body').innerText()
  }

  async waitForText(text: string | RegExp, timeout?: number): Promise<void> {
    await this.#shown
      .getByText(text)
      .first()
      .waitFor(timeout === undefined ? {} : { timeout })
  }

  /** Title in the client's bar above the mini-program. */
  title(): Promise<string> {
    return this.page.locator('.mini-bar h2').innerText()
  }

  /** The client's back button. */
  async back(): Promise<void> {
    await this.page
      .locator('.mini-lead')
      .getByRole('button' as never)
      .click()
  }

  /** Uncaught errors of the mini-program, as the phone shows them; null: none. */
  async failure(): Promise<string | null> {
    const shown = this.page.locator('.failures')
    return (await shown.isVisible()) ? shown.innerText() : null
  }
}
