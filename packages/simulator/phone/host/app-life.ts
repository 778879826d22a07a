import type { EnterOptions } from '../../src/contract.js'

type AppHook = (argument?: unknown) => void
export type AppInstance = Record<string, unknown> &
  Partial<Record<'onLaunch' | 'onShow' | 'onHide' | 'onError' | 'onThemeChange', AppHook>>

/**
 * What App() was given. It starts with the mini-program. After a start in an independent subpackage, it starts with the
 * first page of another package (W33).
 */
export class AppLife {
  #app: AppInstance | null = null
  /** What getApp({allowDefault: true}) gave before there was an app. */
  #stand: Record<string, unknown> | null = null
  #started = false

  constructor(
    private readonly load: () => void,
    private readonly enter: { launch(): EnterOptions; latest(): EnterOptions },
  ) {}

  /** The app, or nothing to call where none has started. */
  get instance(): AppInstance {
    return this.#app ?? {}
  }

  /** W33: the properties of the stand-in go over those of the app. */
  register(config: object): void {
    this.#app = Object.assign(config, this.#stand)
  }

  get(options?: { allowDefault?: boolean }): object | undefined {
    if (this.#app) return this.#app
    return options?.allowDefault ? (this.#stand ??= {}) : undefined
  }

  /** Runs app.js, onLaunch and the first onShow, once. */
  start(): void {
    if (this.#started) return
    this.#started = true
    this.load()
    this.instance.onLaunch?.({ ...this.enter.launch() })
    this.instance.onShow?.({ ...this.enter.latest() })
  }
}
