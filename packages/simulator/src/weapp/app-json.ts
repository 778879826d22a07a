import type { PackageFiles } from './package-files.js'
import { problemAt, type WeappProblem } from './problem.js'

/** One of the packages that a phone loads after the main one (W32). */
export interface SubPackage {
  /** Its folder, without a slash at either end. */
  root: string
  /** Whole paths from the root of the mini-program, as pages of the main package have. */
  pages: string[]
  /** It starts without the main package and can use none of its files (W33). */
  independent: boolean
}

export interface AppJson {
  pages: string[]
  /** Both spellings of app.json, `subPackages` and `subpackages`, are here. */
  subPackages: SubPackage[]
  /** The page of a start without a path: as app.json says, or the first of `pages`. */
  entryPagePath: string
  window?: Record<string, unknown>
  tabBar?: { list?: { pagePath: string; text?: string; iconPath?: string }[] } & Record<
    string,
    unknown
  >
  usingComponents?: Record<string, string>
  darkmode?: boolean
  themeLocation?: string
  [key: string]: unknown
}

type Raw = Record<string, unknown>

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

const trimmed = (path: string): string => path.replace(/^\/+|\/+$/g, '')

const readSubPackages = (raw: Raw): SubPackage[] =>
  [raw['subPackages'], raw['subpackages']]
    .flatMap((list) => (Array.isArray(list) ? (list as Raw[]) : []))
    .map(({ root, pages, independent }) => {
      const folder = trimmed(String(root))
      return {
        root: folder,
        pages: strings(pages).map((page) => `${folder}/${trimmed(page)}`),
        independent: independent === true,
      }
    })

/** app.json with its defaults. */
export const readAppJson = (raw: Raw): AppJson => {
  const pages = strings(raw['pages'])
  const { subpackages: _, ...rest } = raw
  const entry = typeof raw['entryPagePath'] === 'string' ? raw['entryPagePath'] : pages[0]
  return { ...rest, pages, subPackages: readSubPackages(raw), entryPagePath: entry ?? '' }
}

/** All pages, those of the main package first. */
export const routesOf = ({ pages, subPackages }: AppJson): string[] => [
  ...pages,
  ...subPackages.flatMap((one) => one.pages),
]

const inside = (path: string, root: string): boolean => path.startsWith(`${root}/`)

/** Which subpackage a file belongs to; undefined: the main package. */
export const subPackageOf = (app: AppJson, path: string): SubPackage | undefined =>
  app.subPackages.find(({ root }) => inside(path, root))

/** What app.json names must be in the package, in the part of it where WeChat looks. */
export const appProblems = (files: PackageFiles, app: AppJson): WeappProblem[] => {
  const at = (text: string, message: string) => problemAt(files, 'app.json', text, message)
  const problems: WeappProblem[] = []
  if (app.pages.length === 0) {
    problems.push({ file: 'app.json', line: null, column: null, message: '"pages" is empty' })
  }
  const routes = routesOf(app)
  for (const page of routes) {
    const written = app.pages.includes(page)
      ? page
      : page.slice((subPackageOf(app, page)?.root.length ?? -1) + 1)
    for (const extension of ['.js', '.wxml']) {
      if (files.all.includes(page + extension)) continue
      problems.push(at(written, `page "${page}" has no ${page}${extension}`))
    }
  }
  if (app.pages.length > 0 && !routes.includes(app.entryPagePath)) {
    problems.push(at('entryPagePath', `entryPagePath "${app.entryPagePath}" is no page`))
  }
  for (const { root, pages } of app.subPackages) {
    if (pages.length === 0) problems.push(at(root, `subpackage "${root}" has no pages`))
    // W32: no subpackage lies inside another.
    const outer = app.subPackages.find((other) => inside(root, other.root))
    if (outer) problems.push(at(root, `subpackage "${root}" is inside "${outer.root}"`))
  }
  // W32: pages of the tab bar are in the main package.
  for (const { pagePath } of app.tabBar?.list ?? []) {
    const owner = subPackageOf(app, pagePath)
    if (!owner) continue
    problems.push(at(pagePath, `tabBar page "${pagePath}" is in the subpackage "${owner.root}"`))
  }
  return problems
}
