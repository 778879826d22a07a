import {
  buildWeapp,
  openJsdomPhone,
  SimulatorClient,
  simulatorLink,
  type JsdomPhone,
} from '@sealcard/simulator'
import type { PhoneDriver, PhoneDrivers } from './phone-driver.js'
import { weappDir } from './stack.js'

/**
 * Phones without a picture: the compiled package in jsdom.
 * @param timeout of every wait, ms: it only ends what never comes
 * @param weapp the folder of the compiled package
 */
export const jsdomPhones = async (
  simulatorUrl: string,
  timeout = 60_000,
  weapp = weappDir,
): Promise<PhoneDrivers> => {
  const bundle = await buildWeapp(weapp)
  const control = new SimulatorClient(simulatorUrl)
  const open: JsdomPhoneDriver[] = []
  return {
    take: async (phone) => {
      const driver = new JsdomPhoneDriver(phone, control, () =>
        openJsdomPhone({ bundle, simulatorUrl, phone, timeout }),
      )
      open.push(driver)
      return driver
    },
    close: async () => {
      for (const driver of open) await driver.put()
    },
  }
}

class JsdomPhoneDriver implements PhoneDriver {
  #screen: JsdomPhone | null = null

  constructor(
    readonly phone: string,
    private readonly control: SimulatorClient,
    private readonly start: () => Promise<JsdomPhone>,
  ) {}

  async #running(): Promise<JsdomPhone> {
    return (this.#screen ??= await this.start())
  }

  get #shown(): JsdomPhone {
    if (!this.#screen) throw new Error(`${this.phone}: the mini-program is not open`)
    return this.#screen
  }

  async openApp() {
    await (await this.#running()).openRecent()
  }

  async openCard(chat: string, title: string) {
    const card = await this.#find(chat, title)
    await (await this.#running()).openCard(card)
  }

  async tap(name: string) {
    await this.#shown.tap(name)
  }
  async fill(label: string, text: string) {
    await this.#shown.fill(label, text)
  }
  async waitForText(text: string) {
    await this.#shown.waitForText(text)
  }
  async text() {
    return this.#shown.text()
  }

  async shareTo(chat: string, via: 'button' | 'menu' = 'button') {
    if (via === 'button') await this.#shown.tap('分享到聊天')
    await this.#shown.share(chat)
  }

  async forwardCard(from: string, title: string, to: string) {
    const link = simulatorLink(this.control.baseUrl, this.phone)
    await link.forward({ card: await this.#find(from, title), chat: await link.chatCalled(to) })
  }

  async quit() {
    await this.control.phone(this.phone).close()
    await this.put()
  }

  async put() {
    const errors = this.#screen?.errors ?? []
    this.#screen?.close()
    this.#screen = null
    if (errors.length) throw new Error(`${this.phone}: ${errors.join('\n')}`)
  }

  async #find(chat: string, title: string): Promise<string> {
    const chats = await this.control.phone(this.phone).chats()
    const cards = chats.filter((one) => one.title === chat).flatMap((one) => one.cards)
    const card = cards.filter((one) => one.title === title).at(-1)
    if (!card) throw new Error(`${this.phone}: no card "${title}" in "${chat}"`)
    return card.id
  }
}
