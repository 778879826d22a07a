import type { WeappPackage, WindowConfig } from './package.js'
import type { Theme } from './shell.js'

/** SIM: px of the standard text size. */
export const DEFAULT_FONT_SIZE = 16

export interface ResolvedWindow {
  title: string
  backgroundColor: string
  textStyle: 'black' | 'white'
  custom: boolean
  pageBackground: string
}

/** Values like `@navBg` are looked up in theme.json for the phone's theme (dark mode guide, themeLocation). */
const themed = (pkg: WeappPackage, theme: Theme) => {
  const location = (pkg.app.themeLocation ?? 'theme.json').replace(/\.json$/, '')
  const variables = (pkg.json[location] ?? {}) as Record<string, Record<string, string>>
  return (value: string | undefined): string | undefined =>
    value?.startsWith('@') ? variables[theme]?.[value.slice(1)] : value
}

/** The theme a package sees: always light unless its app.json says `darkmode`. */
export const effectiveTheme = (pkg: WeappPackage, theme: Theme): Theme =>
  pkg.app.darkmode === true ? theme : 'light'

export const windowOf = (pkg: WeappPackage, route: string, theme: Theme): ResolvedWindow => {
  const seen = effectiveTheme(pkg, theme)
  const value = themed(pkg, seen)
  const merged: WindowConfig = { ...pkg.app.window, ...pkg.json[route] }
  const dark = seen === 'dark'
  return {
    title: value(merged.navigationBarTitleText) ?? '',
    backgroundColor: value(merged.navigationBarBackgroundColor) ?? (dark ? '#191919' : '#ffffff'),
    textStyle: (value(merged.navigationBarTextStyle) ?? (dark ? 'white' : 'black')) as
      'black' | 'white',
    custom: merged.navigationStyle === 'custom',
    pageBackground: value(merged.backgroundColor) ?? (dark ? '#111111' : '#ffffff'),
  }
}

export const tabBarOf = (pkg: WeappPackage, theme: Theme) => {
  const value = themed(pkg, effectiveTheme(pkg, theme))
  const bar = pkg.app.tabBar
  return {
    tabs: bar?.list ?? [],
    color: value(bar?.color) ?? '#7a7e83',
    selectedColor: value(bar?.selectedColor) ?? '#07c160',
    backgroundColor: value(bar?.backgroundColor) ?? '#ffffff',
  }
}
