import { splitUrl, type AppConfig } from '../package.js'
import type { Pages } from '../pages.js'
import { resolvePath } from '../package.js'
import { api, ApiFailure } from './settle.js'

interface UrlOptions {
  url: string
}

const maximumDepth = 10

/** Asks the client around the page. A scripted fault makes it refuse, or answer late. */
export type AskClient = (api: string, args: object) => Promise<void>

/** Page navigation, with the platform's own refusals. */
export const navigationApis = (
  pages: Pages,
  app: AppConfig,
  { ask, exit }: { ask: AskClient; exit: () => void },
) => {
  const tabs = new Set((app.tabBar?.list ?? []).map((tab) => tab.pagePath))
  const target = (url: string, tab: boolean | null): string => {
    const from = pages.top?.route ?? ''
    const [path = '', query] = String(url).split('?')
    const route = splitUrl(path.startsWith('/') ? path : resolvePath(from, path)).route
    if (!pages.exists(route)) throw new ApiFailure(`page "${route}" is not found`)
    if (tab === true && !tabs.has(route)) throw new ApiFailure('can not switch to no-tabBar page')
    if (tab === false && tabs.has(route)) {
      throw new ApiFailure('can not navigateTo a tabbar page')
    }
    return query === undefined ? `/${route}` : `/${route}?${query}`
  }
  const navigation = <T extends object>(name: string, work: (options: T) => void) =>
    api<T>(name, async (options) => {
      await ask(name, options)
      work(options)
    })
  return {
    navigateTo: navigation<UrlOptions>('navigateTo', ({ url }) => {
      if (pages.stack.length >= maximumDepth) throw new ApiFailure('webview count limit exceed')
      pages.push(target(url, false))
    }),
    redirectTo: navigation<UrlOptions>('redirectTo', ({ url }) =>
      pages.replace(target(url, false)),
    ),
    reLaunch: navigation<UrlOptions>('reLaunch', ({ url }) => pages.relaunch(target(url, null))),
    switchTab: navigation<UrlOptions>('switchTab', ({ url }) => pages.relaunch(target(url, true))),
    navigateBack: navigation<{ delta?: number }>('navigateBack', ({ delta = 1 }) => {
      if (pages.stack.length <= 1) throw new ApiFailure('cannot navigate back at first page.')
      pages.back(delta)
    }),
    exitMiniProgram: api('exitMiniProgram', exit),
  }
}
