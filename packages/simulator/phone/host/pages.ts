import type { AssociatedBackend, CodeSpace } from 'glass-easel-miniprogram-adapter'
import type { PhoneBackend } from './backend.js'
import { applyRootFontSize } from './components/page-meta.js'
import { windowOf, type ResolvedWindow } from './config.js'
import type { Loader } from './loader.js'
import { routesOf, splitUrl, subPackageOf, type WeappPackage } from './package.js'
import type { Theme } from './shell.js'

type Root = ReturnType<AssociatedBackend['createRoot']>
type Hook = (argument?: unknown) => unknown

/** A page of the package: what Page() was given, with its state. */
export interface PageInstance {
  route: string
  options: Record<string, string>
  onLoad?: Hook
  onShow?: Hook
  onReady?: Hook
  onHide?: Hook
  onUnload?: Hook
  onShareAppMessage?: Hook
  onTabItemTap?: Hook
  onUserOpStatistic?: Hook
  createSelectorQuery?: () => unknown
  [name: string]: unknown
}

export interface OpenPage {
  /** `route#n` */
  identity: string
  route: string
  query: Record<string, string>
  instance: PageInstance
  root: Root
  box: HTMLElement
  window: ResolvedWindow
  menuHidden: boolean
  /** What had the keyboard when the page was left. */
  focused: HTMLElement | null
  loading: boolean
}

export interface PagesOptions {
  pkg: WeappPackage
  loader: Loader
  codeSpace: CodeSpace
  associated: AssociatedBackend
  backend: PhoneBackend
  container: HTMLElement
  theme(): Theme
  /** Called before the code of a page's package runs. */
  entering(route: string): void
  changed(): void
}

const pageBoxes = 'wx-page-box'

/** The page stack: at most ten, as on a phone. */
export class Pages {
  readonly stack: OpenPage[] = []
  #count = 0

  constructor(private readonly options: PagesOptions) {}

  get top(): OpenPage | undefined {
    return this.stack.at(-1)
  }

  exists(route: string): boolean {
    return routesOf(this.options.pkg.app).includes(route)
  }

  push(url: string): void {
    this.hideTop()
    this.#open(url)
  }

  replace(url: string): void {
    this.#drop()
    this.#open(url)
  }

  relaunch(url: string): void {
    while (this.stack.length > 0) this.#drop()
    this.#open(url)
  }

  /** Takes `delta` pages off, never the first. */
  back(delta: number): void {
    const gone = Math.min(delta, this.stack.length - 1)
    for (let i = 0; i < gone; i += 1) this.#drop()
    if (gone > 0) this.showTop()
  }

  hideTop(): void {
    const page = this.top
    if (!page) return
    const focused = document.activeElement
    page.focused = focused && page.box.contains(focused) ? (focused as HTMLElement) : null
    page.instance.onHide?.()
    page.root.getComponent().triggerPageLifetime('hide', [])
  }

  showTop(): void {
    const page = this.top
    if (!page) return
    this.#reveal(page)
    this.#focus(page)
    page.root.getComponent().triggerPageLifetime('show', [])
    page.instance.onShow?.()
    this.options.changed()
  }

  /** Keyboard and screen reader go on where they were on this page, or at its beginning. */
  #focus(page: OpenPage): void {
    if (!document.hasFocus()) return
    const at = page.focused?.isConnected ? page.focused : page.box
    at.focus({ preventScroll: true })
  }

  /** An entry of the client: its query is no url, so nothing in it is taken apart. */
  enter(route: string, query: Record<string, string>): void {
    while (this.stack.length > 0) this.#drop()
    this.#openRoute(route, query)
  }

  #open(url: string): void {
    const { route, query } = splitUrl(url)
    this.#openRoute(route, query)
  }

  #openRoute(route: string, query: Record<string, string>): void {
    const { pkg, loader, associated, codeSpace, container } = this.options
    this.options.entering(route)
    loader.load(route)
    const root = associated.createRoot('wx-page', codeSpace, route)
    const instance = root.get() as unknown as PageInstance
    Object.assign(instance, { route, __route__: route, options: query })
    const box = document.createElement(pageBoxes)
    const placeholder = document.createElement('i')
    box.append(placeholder)
    box.dataset.route = route
    box.tabIndex = -1
    container.append(box)
    this.#count += 1
    const page: OpenPage = {
      identity: `${route}#${this.#count}`,
      route,
      query,
      instance,
      root,
      box,
      window: windowOf(pkg, route, this.options.theme()),
      menuHidden: false,
      focused: null,
      loading: false,
    }
    this.stack.push(page)
    this.#reveal(page)
    root.attach(box as never, placeholder as never)
    this.#focus(page)
    instance.onLoad?.(query)
    root.getComponent().triggerPageLifetime('show', [])
    instance.onShow?.()
    this.options.changed()
    setTimeout(() => {
      if (this.stack.includes(page)) instance.onReady?.()
    }, 0)
  }

  #drop(): void {
    const page = this.stack.pop()
    if (!page) return
    page.instance.onUnload?.()
    page.root.release()
    page.box.remove()
  }

  #reveal(page: OpenPage): void {
    for (const other of this.stack) other.box.hidden = other !== page
    applyRootFontSize(page.box)
    const { app } = this.options.pkg
    this.options.backend.showOnlyPageSheet(page.route, routesOf(app))
    // W33: app.wxss is not for the pages of an independent subpackage.
    this.options.backend.showSheet('app', !subPackageOf(app, page.route)?.independent)
    document.body.style.backgroundColor = page.window.pageBackground
  }
}
