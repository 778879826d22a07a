import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Phone } from '../../src/contract.js'
import type { Theme } from '../host/shell.js'
import { dictionaries, type Language, type Words } from './words.js'

type PhoneLanguage = Phone['language']

export type ThemeChoice = 'system' | Theme

interface Preferences {
  words: Words
  language: Language
  setLanguage: (language: Language) => void
  themeChoice: ThemeChoice
  setThemeChoice: (choice: ThemeChoice) => void
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

/**
 * The language of one phone, client and mini-program alike: its own setting, but a visitor who reads English should not meet
 * Chinese phones only because that is the default. `?phones=own` holds every phone to its setting.
 */
export const usePhoneLanguage = (own: PhoneLanguage): PhoneLanguage => {
  const { language } = usePreferences()
  const chosen = stored('lang', ['zh', 'en'])
  const keep = new URLSearchParams(location.search).get('phones') === 'own'
  if (keep || (chosen === null && own === 'en')) return own
  return language === 'en' ? 'en' : 'zh_CN'
}

export const wordsOfPhone = (language: PhoneLanguage): Words =>
  dictionaries[language === 'en' ? 'en' : 'zh']
