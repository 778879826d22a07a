import { ConfigProvider, theme as antTheme, type ThemeConfig } from 'antd'
import enUS from 'antd/es/locale/en_US'
import zhCN from 'antd/es/locale/zh_CN'
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import type { KeyValue } from '../adapters/browser-storage'
import { useLanguage } from '../i18n/words'
import { useServices } from '../services'
import { createStore, useStore } from '../store'

export const THEMES = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof THEMES)[number]

const KEY = 'sealcard.console.theme'

const chosen = createStore<ThemeChoice | undefined>(undefined)
const stored = (storage: KeyValue): ThemeChoice =>
  THEMES.find((one) => one === storage.get(KEY)) ?? 'system'

/** What the person chose, and a way to choose; remembered in this browser. */
export const useThemeChoice = (): [ThemeChoice, (choice: ThemeChoice) => void] => {
  const { storage } = useServices()
  const choice = useStore(chosen) ?? stored(storage)
  return [
    choice,
    (next) => {
      storage.set(KEY, next)
      chosen.set(next)
    },
  ]
}

// antd's own colours are below 4.5:1 in several places (WCAG 2.2, 1.4.3); these are above it.
const COMMON = { borderRadius: 6, wireframe: false } as const
const LIGHT: ThemeConfig = {
  token: {
    ...COMMON,
    colorPrimary: '#1a56c4',
    colorPrimaryHover: '#2160d3',
    colorLink: '#1a56c4',
    colorLinkHover: '#2160d3',
    colorLinkActive: '#123f94',
    colorError: '#c5221f',
    colorSuccess: '#1a7f37',
    // What antd mixes from a green this dark is grey.
    colorSuccessBg: '#e9f6ec',
    colorSuccessBorder: '#8fcf9f',
    colorWarning: '#b25d00',
    colorTextTertiary: 'rgba(0,0,0,0.62)',
    colorTextDescription: 'rgba(0,0,0,0.65)',
    colorTextPlaceholder: 'rgba(0,0,0,0.6)',
    colorBgLayout: '#f5f6f8',
  },
  components: { Layout: { siderBg: '#ffffff', headerBg: '#ffffff' } },
}
const DARK: ThemeConfig = {
  algorithm: antTheme.darkAlgorithm,
  token: {
    ...COMMON,
    colorPrimary: '#2f6fde',
    colorLink: '#7fb0ff',
    colorLinkHover: '#a3c7ff',
    colorLinkActive: '#a3c7ff',
    colorError: '#ff7d74',
    colorSuccess: '#3fb950',
    colorWarning: '#d29922',
    colorTextTertiary: 'rgba(255,255,255,0.65)',
    colorTextDescription: 'rgba(255,255,255,0.7)',
    colorTextPlaceholder: 'rgba(255,255,255,0.6)',
  },
  components: {
    Layout: { siderBg: '#141414', headerBg: '#141414' },
    Menu: { itemSelectedColor: '#9cc2ff' },
    Button: {
      // On the light red.
      dangerColor: '#140000',
      // White stands on the first, and the second stands on black.
      colorPrimaryHover: '#2a63c9',
      defaultHoverColor: '#9cc2ff',
      defaultHoverBorderColor: '#9cc2ff',
    },
  },
}

/**
 * Where dialogs and drawers stand. Those that stand in the body itself lock its scrolling by a style element without a
 * nonce (`useScrollLocker` of @rc-component/portal), which the policy refuses. A menu has a trigger, and locks nothing.
 */
const over = (trigger?: HTMLElement): HTMLElement =>
  trigger === undefined || trigger === document.body
    ? (document.getElementById('over') ?? document.body)
    : document.body

// A rule of CSS that only shortens transitions would keep antd from measuring where a menu goes.
const withMotion = (one: ThemeConfig, motion: boolean): ThemeConfig => ({
  ...one,
  token: { ...one.token, motion },
})

/** Colours, words and the nonce of antd. */
export const Themed = ({ children }: { children: ReactNode }) => {
  const { systemDark, lessMotion, nonce } = useServices()
  const [choice] = useThemeChoice()
  const system = useSyncExternalStore(systemDark.subscribe, systemDark.isSet)
  const still = useSyncExternalStore(lessMotion.subscribe, lessMotion.isSet)
  const language = useLanguage()
  const dark = choice === 'system' ? system : choice === 'dark'
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [dark, language])
  return (
    <ConfigProvider
      theme={withMotion(dark ? DARK : LIGHT, !still)}
      locale={language === 'zh' ? zhCN : enUS}
      getPopupContainer={over}
      button={{ autoInsertSpace: false }}
      {...(nonce !== undefined && { csp: { nonce } })}
    >
      {children}
    </ConfigProvider>
  )
}
