import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Theme } from '../host/shell.js'
import { dictionaries, type Language, type Words } from './words.js'

export type ThemeChoice = 'system' | Theme

interface Preferences {
  words: Words
  language: Language
  setLanguage(language: Language): void
  themeChoice: ThemeChoice
  setThemeChoice(choice: ThemeChoice): void
  theme: Theme
}

const Context = createContext<Preferences | null>(null)

const stored = <T extends string>(key: string, allowed: readonly T[]): T | null => {
  const asked = new URLSearchParams(location.search).get(key)
  const value = asked ?? localStorage.getItem(`sealcard-simulator:${key}`)
  return allowed.includes(value as T) ? (value as T) : null
}

const useStored = <T extends string>(key: string, allowed: readonly T[], fallback: T) => {
  const [value, setValue] = useState<T>(() => stored(key, allowed) ?? fallback)
  const set = (next: T) => {
    localStorage.setItem(`sealcard-simulator:${key}`, next)
    setValue(next)
  }
  return [value, set] as const
}

const useSystemTheme = (): Theme => {
  const query = useMemo(() => matchMedia('(prefers-color-scheme: dark)'), [])
  const [dark, setDark] = useState(query.matches)
  useEffect(() => {
    const update = () => setDark(query.matches)
    query.addEventListener('change', update)
    return () => query.removeEventListener('change', update)
  }, [query])
  return dark ? 'dark' : 'light'
}

export const PreferencesProvider = ({ children }: { children: ReactNode }) => {
  const browser: Language = navigator.language.startsWith('zh') ? 'zh' : 'en'
  const [language, setLanguage] = useStored<Language>('lang', ['zh', 'en'], browser)
  const choices = ['system', 'light', 'dark'] as const
  const [themeChoice, setThemeChoice] = useStored<ThemeChoice>('theme', choices, 'system')
  const system = useSystemTheme()
  const theme = themeChoice === 'system' ? system : themeChoice
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [theme, language])
  const words = dictionaries[language]
  const value = { words, language, setLanguage, themeChoice, setThemeChoice, theme }
  return <Context.Provider value={value}>{children}</Context.Provider>
}

export const usePreferences = (): Preferences => {
  const value = useContext(Context)
  if (!value) throw new Error('no PreferencesProvider')
  return value
}

/** The words of one phone: its owner's language, whatever the page around it speaks. */
export const wordsOfPhone = (language: 'zh_CN' | 'en'): Words =>
  dictionaries[language === 'en' ? 'en' : 'zh']
