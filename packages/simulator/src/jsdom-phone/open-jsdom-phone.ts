import type { ChatCard, EnterOptions, Phone, ShareCall } from '../contract.js'
import type { WeappBundle } from '../weapp/index.js'
import { systemClock } from '../adapters/system.js'
import { hostScript } from './host-script.js'
import { simulatorLink, type PhoneLink } from './link.js'
import { fields, isDisabled, pressables, screenTree, visibleText } from './screen.js'
import { openWindow, press, type, type PhoneWindow } from './window.js'

export interface JsdomPhoneOptions {
  bundle: Pick<WeappBundle, 'packageJs'>
  /** Address of a running simulator … */
  simulatorUrl?: string
  /** … or who answers instead. */
  link?: PhoneLink
  /** Id of the phone in the simulator; with `link` its description, or what that answers. */
  phone: string | Phone
  app?: { appid: string; name: string }
  theme?: 'light' | 'dark'
  /** What an earlier start on this phone stored, and where `close` puts it; without it the phone is new each time. */
  storage?: Map<string, string>
  /** How long `tap`, `fill` and `waitFor` wait for what they need. */
  timeout?: number
  /** The device's time, ms UTC; without it, the machine's. */
  now?: () => number
}

interface ShareRequest {
  page: string
  from: 'menu' | 'button'
  share: ShareCall['share']
}

/** `setData` calls: how many, and the largest in characters of JSON. */
interface ViewUpdates {
  readonly count: number
  readonly largest: number
}

interface RunningHost {
  launch(enter: EnterOptions): void
  show(enter?: EnterOptions): void
  hide(): void
  back(): void
  home(): void
  shareFromMenu(): void
  captureScreen(): void
  setTheme(theme: 'light' | 'dark'): void
  chrome(): { title: string; route: string; canShare: boolean; canGoBack: boolean } | null
}

/** A phone without a picture: the compiled package on WeChat's component framework in jsdom. */
export class JsdomPhone {
  /** Uncaught errors of the package, and its use of what no phone has. */
  readonly errors: string[] = []
  /** Calls of `wx` that the simulator does not do, each as a sentence that begins with 501. */
  readonly unsimulated: string[] = []
  #pending: ShareRequest | null = null
  #launched = false
  #updated: ((data: object) => void) | null = null
  exited = false

  constructor(
    private readonly window: PhoneWindow,
    private readonly link: PhoneLink,
    private readonly timeout: number,
    private readonly storage: Map<string, string>,
  ) {
    for (const [key, value] of storage) window.localStorage.setItem(key, value)
  }

  #host!: RunningHost

  /** @internal */
  start(options: { phone: Phone; app: object; theme: string; now: () => number }): void {
    const shell = {
      chromeChanged: () => {},
      shareRequested: (request: ShareRequest) => {
        this.#pending = JSON.parse(JSON.stringify(request)) as ShareRequest
      },
      exitRequested: () => {
        this.exited = true
      },
      failed: (message: string) => void this.errors.push(message),
      unsimulated: (message: string) => void this.unsimulated.push(message),
      updated: (data: object) => this.#updated?.(data),
    }
    const { sealcardPhone } = this.window as unknown as {
      sealcardPhone: { start(options: object): RunningHost }
    }
    this.#host = sealcardPhone.start({
      ...options,
      assetsBase: '/weapp/assets/',
      transport: this.link,
      shell,
    })
  }

  /** Opens the mini-program: cold the first time, warm after it. */
  launch(enter: EnterOptions): void {
    if (this.#launched) {
      this.#host.hide()
      this.#host.show(enter)
    } else this.#host.launch(enter)
    this.#launched = true
  }

  /** Taps a card in a chat. */
  async openCard(card: string): Promise<void> {
    this.launch(await this.link.open({ via: 'card', card }))
  }

  /** Opens the mini-program from 最近使用. */
  async openRecent(): Promise<void> {
    this.launch(await this.link.open({ via: 'recent' }))
  }

  get #body(): Element {
    return this.window.document.body
  }

  /** The page's text, dialogues and toasts included. */
  text(): string {
    return visibleText(this.#body)
  }

  /** All text that is drawn, also what a screen reader leaves out, such as a watermark. */
  drawnText(): string {
    return this.#body.textContent
  }

  screenTree(): string {
    return screenTree(this.#body)
  }

  title(): string {
    return this.#host.chrome()?.title ?? ''
  }

  route(): string {
    return this.#host.chrome()?.route ?? ''
  }

  /** Presses what has this accessible name or shows exactly this text, once it is there and enabled. */
  async tap(name: string): Promise<void> {
    const found = () => pressables(this.#body, name).find((el) => !isDisabled(el))
    press(this.window, await this.waitFor(found, `"${name}" to tap`))
    await this.#settle()
  }

  /** Types into the field with this label or placeholder. */
  async fill(label: string, text: string): Promise<void> {
    const found = () => fields(this.#body, label).find((el) => !isDisabled(el))
    type(this.window, await this.waitFor(found, `field "${label}"`), text)
    await this.#settle()
  }

  /** Puts the cursor into the field with this label: the keyboard comes up. */
  async focus(label: string): Promise<void> {
    const found = () => fields(this.#body, label).find((el) => !isDisabled(el))
    ;(await this.waitFor(found, `field "${label}"`)).focus()
    await this.#settle()
  }

  /** Puts the keyboard away. */
  async blur(): Promise<void> {
    ;(this.window.document.activeElement as HTMLElement | null)?.blur()
    await this.#settle()
  }

  /** The field with this label or placeholder, if it is on the screen. */
  field(label: string): HTMLInputElement | undefined {
    return fields(this.#body, label)[0]
  }

  async waitForText(text: string): Promise<void> {
    await this.waitFor(() => this.text().includes(text), `text "${text}"`)
  }

  async waitFor<T>(look: () => T | undefined | false | null, what: string): Promise<T> {
    const until = performance.now() + this.timeout
    for (;;) {
      const found = look()
      if (found) return found
      if (performance.now() > until) {
        throw new Error(
          `no ${what} on the screen:\n${this.screenTree()}\n${this.errors.join('\n')}`,
        )
      }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  /** Chooses a chat in the share sheet. Without a share button tapped before, through the capsule's menu. */
  async share(chat: string): Promise<ChatCard> {
    if (!this.#pending) {
      if (!this.#host.chrome()?.canShare) throw new Error('this page cannot be forwarded')
      this.#host.shareFromMenu()
    }
    const request = await this.waitFor(() => this.#pending, 'share sheet')
    this.#pending = null
    this.#host.hide()
    try {
      return await this.link.share({ ...request, chat: await this.link.chatCalled(chat) })
    } finally {
      this.#host.show()
      await this.#settle()
    }
  }

  get sharing(): ShareRequest | null {
    return this.#pending
  }

  /** @internal For which media the sheet of this path holds: `all`, or `not all` where it is switched off. */
  styleSheet(path: string): string | undefined {
    const sheets = this.window.document.querySelectorAll<HTMLStyleElement>('style[data-path]')
    return [...sheets].find((one) => one.dataset['path'] === path)?.media
  }

  back(): void {
    this.#host.back()
  }

  hide(): void {
    this.#host.hide()
  }

  setTheme(theme: 'light' | 'dark'): void {
    this.#host.setTheme(theme)
  }

  /** From now on measures what the logic sends to the view. @returns ends it, and tells its size as JSON, characters */
  watchUpdates(): () => ViewUpdates {
    const sizes: number[] = []
    this.#updated = (data) => void sizes.push(JSON.stringify(data).length)
    return () => {
      this.#updated = null
      return { count: sizes.length, largest: Math.max(0, ...sizes) }
    }
  }

  /** Takes a screenshot. @returns what it shows: nothing where the page asked for `hidden` */
  captureScreen(): string {
    this.#host.captureScreen()
    return this.window.document.documentElement.dataset['captured'] ?? 'none'
  }

  /** Lets what a tap started (callbacks, setData, rendering) run once. */
  #settle(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 0))
  }

  /** Ends the mini-program; what it stored goes into `storage`. */
  close(): void {
    this.storage.clear()
    for (const [key, value] of Object.entries(this.window.localStorage)) {
      this.storage.set(key, String(value))
    }
    this.window.close()
  }
}

export const openJsdomPhone = async (options: JsdomPhoneOptions): Promise<JsdomPhone> => {
  const id = typeof options.phone === 'string' ? options.phone : options.phone.id
  const base = options.simulatorUrl ?? 'http://phone.localhost'
  const link = options.link ?? simulatorLink(base, id)
  const phone = typeof options.phone === 'string' ? await link.describe() : options.phone
  let opened: JsdomPhone | null = null
  const { window, run } = await openWindow(base, (message) => opened?.errors.push(message))
  opened = new JsdomPhone(
    window,
    link,
    options.timeout ?? 5000,
    options.storage ?? new Map<string, string>(),
  )
  run(options.bundle.packageJs, 'weapp-package.js')
  run(await hostScript(), 'phone-host.js')
  const app = options.app ?? { appid: 'wx0000000000000000', name: '小程序' }
  const { theme = 'light', now = () => systemClock.now() } = options
  opened.start({ phone, app, theme, now })
  return opened
}
