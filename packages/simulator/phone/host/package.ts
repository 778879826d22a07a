/** What `globalThis.__WEAPP_PACKAGE__` holds: a compiled mini-program, made by src/weapp. */
export interface WeappPackage {
  app: AppConfig
  /** Every .json of the package, by path without extension. */
  json: Record<string, PageConfig>
  wxss: Record<string, string>
  /** Template generators of glass-easel, by path. */
  templates: Record<string, unknown>
  modules: Record<string, (...parameters: unknown[]) => void>
}

export interface WindowConfig {
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  navigationBarTextStyle?: string
  navigationStyle?: 'default' | 'custom'
  backgroundColor?: string
  backgroundTextStyle?: string
}

export interface AppConfig {
  pages: string[]
  /** With whole paths of their pages. */
  subPackages: { root: string; pages: string[]; independent: boolean }[]
  entryPagePath: string
  window?: WindowConfig
  tabBar?: {
    color?: string
    selectedColor?: string
    backgroundColor?: string
    list?: { pagePath: string; text?: string }[]
  }
  darkmode?: boolean
  themeLocation?: string
}

export interface PageConfig extends WindowConfig {
  component?: boolean
  /** By absolute path; what app.json declares for all is in it. */
  usingComponents?: Record<string, string>
  componentGenerics?: Record<string, true | { default?: string }>
}

/** All pages, those of the main package first. */
export const routesOf = ({ pages, subPackages }: AppConfig): string[] => [
  ...pages,
  ...subPackages.flatMap((one) => one.pages),
]

/** Which subpackage a file belongs to; undefined: the main package. */
export const subPackageOf = (app: AppConfig, path: string) =>
  app.subPackages.find(({ root }) => path.startsWith(`${root}/`))

/** A path in the package, as seen from another file of it. */
export const resolvePath = (from: string, target: string): string => {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/**
 * `/pages/a?x=1` as route and query. Values stay encoded: WeChat gives a page what the url says and leaves decoding to it.
 */
export const splitUrl = (url: string): { route: string; query: Record<string, string> } => {
  const [path = '', search = ''] = url.replace(/^\//, '').split('?')
  const pairs = search.split('&').filter((pair) => pair !== '')
  const query = pairs.map((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
  })
  return { route: path.replace(/\.html$/, ''), query: Object.fromEntries(query) as never }
}

export const joinUrl = (route: string, query: Record<string, string>): string => {
  const search = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  return search.length === 0 ? route : `${route}?${search.join('&')}`
}
