import type { EnterOptions, Phone, ShareCall } from '../../src/contract.js'
import type { WeappPackage } from './package.js'
import type { HostTransport } from './transport.js'

export type Theme = 'light' | 'dark'

/** What the client draws around the page: its own bar with title, back button and capsule. */
export interface PageChrome {
  /** `route#n`, the identity of the page instance. */
  page: string
  route: string
  title: string
  backgroundColor: string
  textStyle: 'black' | 'white'
  custom: boolean
  canGoBack: boolean
  /** The page is neither first in the stack nor the home page: the client offers a home button. */
  homeButton: boolean
  /** 转发 in the capsule's menu: the page answers onShareAppMessage and did not hide it. */
  canShare: boolean
  loading: boolean
}

export type ShareRequest = Pick<ShareCall, 'page' | 'from' | 'share'>

/** What the host reports to the client that runs it. */
export interface HostShell {
  chromeChanged(chrome: PageChrome): void
  /** onShareAppMessage has answered: let the person choose a chat. */
  shareRequested(request: ShareRequest): void
  /** The mini-program closed itself or went back from its first page. */
  exitRequested(): void
  /** An uncaught error of the package, or a use of something no phone has. */
  failed(message: string): void
  /** The package called something of `wx` that this phone does not do. */
  unsimulated?(message: string): void
  /** What one `setData` sends from the logic to the view. */
  updated?(data: object): void
}

export interface HostOptions {
  pkg: WeappPackage
  phone: Phone
  app: { appid: string; name: string }
  /** Address that images of the package are under, ending with `/`. */
  assetsBase: string
  transport: HostTransport
  shell: HostShell
  theme: Theme
  /** The device's time, ms UTC. */
  now: () => number
}

/** One running mini-program. */
export interface Host {
  launch(enter: EnterOptions): void
  hide(): void
  /** Back to the foreground; `enter` when it was opened anew. A card always opens its own page. */
  show(enter?: EnterOptions): void
  back(): void
  home(): void
  shareFromMenu(): void
  captureScreen(): void
  setTheme(theme: Theme): void
  chrome(): PageChrome | null
}
