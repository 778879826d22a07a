import { glassEasel, MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import type { EnterOptions } from '../../src/contract.js'
import { AppLife } from './app-life.js'
import { PhoneBackend } from './backend.js'
import { registerBaseTags } from './components/register.js'
import { baseTags } from './components/index.js'
import { DEFAULT_FONT_SIZE, effectiveTheme, windowOf } from './config.js'
import { Loader } from './loader.js'
import { subPackageOf, type WeappPackage } from './package.js'
import { Pages } from './pages.js'
import { askPageForShare } from './share.js'
import type { Host, HostOptions, PageChrome, Theme } from './shell.js'
import { TabBar } from './tab-bar.js'
import { createThreads, sendDataThrough } from './threads.js'
import { createWx } from './wx/index.js'
import { WxEvents } from './wx/events.js'

type Navigate = (options: object) => unknown

/**
 * Scenes that bring a running mini-program back as it was; every other one opens its own page (operating mechanism guide,
 * "A 类场景" and "B 类场景").
 */
const keepScenes = new Set([1001, 1038, 1056, 1089, 1103, 1104])

const customTags = (pkg: WeappPackage): Set<string> =>
  new Set([
    'wx-page',
    ...Object.values(pkg.json).flatMap((config) =>
      Object.keys({ ...config?.usingComponents, ...config?.componentGenerics }),
    ),
  ])

/** Starts WeChat's component framework in this document and runs one mini-program on it. */
export const createHost = (options: HostOptions): Host => {
  const { pkg, shell, app: identity } = options
  const { viewDelayMs = 0 } = options.phone
  const threads = createThreads(viewDelayMs)
  let theme = options.theme
  let launchOptions: EnterOptions | null = null
  let enterOptions: EnterOptions | null = null
  let visible = false
  let captureEffect = 'none'
  const events = new WxEvents()

  const report = (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    console.error(text)
    shell.failed(text)
    app.instance.onError?.(text)
    events.emit('Error', { message: text })
  }
  const unknownTag = (tag: string) =>
    report(
      new Error(
        `<${tag}> is neither a built-in component of this phone nor declared in usingComponents`,
      ),
    )

  const env = new MiniProgramEnv()
  const globalSpace = env.getGlobalCodeSpace()
  registerBaseTags(globalSpace, {
    assetsBase: options.assetsBase,
    fontSizeSetting: options.phone.fontSizeSetting ?? DEFAULT_FONT_SIZE,
    threads,
    share: (target) => void share('button', target),
    navigate: (openType, url, delta) => {
      const name =
        { navigate: 'navigateTo', redirect: 'redirectTo', navigateBack: 'navigateBack' }[
          openType
        ] ?? openType
      ;(wx[name] as Navigate | undefined)?.({
        url,
        delta,
        fail: (res: { errMsg: string }) => report(new Error(res.errMsg)),
      })
    },
    ask: async (api, args) => {
      const call = { page: pages.top?.identity ?? '', args }
      const answer = await options.transport.wx(api, call).catch(() => undefined)
      return answer?.ok ? answer.res : undefined
    },
  })
  const codeSpace = env.createCodeSpace('', true)
  const space = codeSpace.getComponentSpace()
  for (const tag of Object.keys(baseTags)) {
    space.setGlobalUsingComponent(
      tag,
      globalSpace.getComponentSpace().getComponentByUrl(`wx/${tag}`, ''),
    )
  }
  for (const [path, content] of Object.entries(pkg.templates)) {
    codeSpace.addCompiledTemplate(path, { groupList: pkg.templates, content } as never)
  }
  for (const [path, config] of Object.entries(pkg.json)) {
    codeSpace.addComponentStaticConfig(path, config ?? {})
  }
  const backend = new PhoneBackend(customTags(pkg), unknownTag, threads)
  const associated = env.associateBackend(backend)
  for (const path of ['app', ...Object.keys(pkg.wxss)]) {
    codeSpace.addStyleSheet(path, path)
    associated.registerStyleSheetContent(path, pkg.wxss[path] ?? '')
  }
  glassEasel.addGlobalErrorListener((error) => {
    report(error)
    return false
  })
  sendDataThrough(threads, viewDelayMs, (data) => shell.updated?.(data))

  const container = document.createElement('wx-app')
  document.body.append(container)
  const changed = () => {
    tabBar.update(pages.top?.route ?? null)
    const now = chrome()
    if (now) shell.chromeChanged(now)
  }
  const pages: Pages = new Pages({
    pkg,
    codeSpace,
    associated,
    backend,
    container,
    changed,
    get loader() {
      return loader
    },
    theme: () => theme,
    entering: (route) => enterPackageOf(route),
  })
  const enter = {
    launch: () => launchOptions as EnterOptions,
    latest: () => enterOptions as EnterOptions,
  }
  const app = new AppLife(() => loader.load('app'), enter)
  const enterPackageOf = (route: string) => {
    if (!subPackageOf(pkg.app, route)?.independent) app.start()
  }
  const wx = createWx({
    options,
    pages,
    events,
    enter,
    changed,
    theme: () => theme,
    exit: () => shell.exitRequested(),
    captureEffect: (effect) => {
      captureEffect = effect
    },
  })
  const loader = new Loader(pkg, codeSpace, {
    wx,
    App: (config) => {
      app.register(config)
    },
    getApp: (options) => app.get(options),
    now: options.now,
    getCurrentPages: () => pages.stack.map((page) => page.instance),
  })
  const tabBar = new TabBar(
    pkg,
    () => theme,
    (route) => {
      if (pages.top?.route !== route) pages.relaunch(`/${route}`)
    },
  )

  const share = async (from: 'menu' | 'button', target?: unknown): Promise<void> => {
    const page = pages.top
    if (!page) return
    if (!page.instance.onShareAppMessage) {
      report(new Error(`${page.route} has no onShareAppMessage`))
      return
    }
    shell.shareRequested(await askPageForShare(page, from, target, identity.name))
  }

  const chrome = (): PageChrome | null => {
    const page = pages.top
    if (!page) return null
    const home = pkg.app.entryPagePath
    return {
      page: page.identity,
      route: page.route,
      title: page.window.title,
      backgroundColor: page.window.backgroundColor,
      textStyle: page.window.textStyle,
      custom: page.window.custom,
      canGoBack: pages.stack.length > 1,
      homeButton: pages.stack.length === 1 && page.route !== home,
      canShare: typeof page.instance.onShareAppMessage === 'function' && !page.menuHidden,
      loading: page.loading,
    }
  }

  const applyTheme = () => {
    document.documentElement.dataset.theme = effectiveTheme(pkg, theme)
  }
  const openEntry = ({ path, query }: EnterOptions) => {
    const route = path.replace(/^\//, '')
    if (pages.exists(route)) pages.enter(route, query)
    else {
      events.emit('PageNotFound', { path: route, query, isEntryPage: true })
      report(new Error(`page "${route}" is not found`))
      if (!pages.top) pages.relaunch(`/${pkg.app.entryPagePath}`)
    }
  }
  /** An error that the package throws in a life cycle is the package's. The phone shows it and keeps running. */
  const guarded = (work: () => void) => {
    try {
      work()
    } catch (error) {
      report(error)
    }
  }
  const hide = () => {
    if (!visible) return
    visible = false
    pages.hideTop()
    app.instance.onHide?.()
    events.emit('AppHide')
  }
  const show = (options?: EnterOptions) => {
    if (options) enterOptions = options
    visible = true
    app.instance.onShow?.({ ...enter.latest() })
    events.emit('AppShow', { ...enter.latest() })
    if (options && (!keepScenes.has(options.scene) || !pages.top)) openEntry(options)
    else pages.showTop()
  }

  globalThis.addEventListener?.('error', (event) => report(event.error ?? event.message))
  globalThis.addEventListener?.('unhandledrejection', (event) => {
    report(event.reason)
    events.emit('UnhandledRejection', { reason: event.reason as unknown })
  })
  applyTheme()

  return {
    launch: (options) =>
      guarded(() => {
        launchOptions = options
        enterOptions = options
        visible = true
        enterPackageOf(options.path.replace(/^\//, ''))
        events.emit('AppShow', { ...options })
        openEntry(options)
      }),
    hide: () => guarded(hide),
    show: (options) => guarded(() => show(options)),
    back: () =>
      guarded(() => {
        if (pages.stack.length > 1) pages.back(1)
        else shell.exitRequested()
      }),
    home: () => guarded(() => pages.relaunch(`/${pkg.app.entryPagePath}`)),
    shareFromMenu: () => void share('menu').catch(report),
    captureScreen: () => {
      events.emit('UserCaptureScreen')
      document.documentElement.dataset.captured = captureEffect
      setTimeout(() => delete document.documentElement.dataset.captured, 900)
    },
    setTheme: (next: Theme) => {
      const before = effectiveTheme(pkg, theme)
      theme = next
      applyTheme()
      for (const page of pages.stack) {
        const { title } = page.window
        page.window = { ...windowOf(pkg, page.route, theme), title }
      }
      if (pages.top) document.body.style.backgroundColor = pages.top.window.pageBackground
      changed()
      if (before === effectiveTheme(pkg, theme)) return
      events.emit('ThemeChange', { theme: next })
      app.instance.onThemeChange?.({ theme: next })
    },
    chrome,
  }
}
