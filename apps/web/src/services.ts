import {
  type Departure,
  type LanguageSetting,
  translator,
  translatorOf,
  type Language,
  type Translate,
  type TranslateOf,
} from '@sealcard/client'
import type { PageFacts, WebBffClient, WecomWebPlatform } from '@sealcard/kit'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { BrowserStorage } from './adapters/browser-storage'
import type { TakeAlong } from './adapters/take-along'
import { webWords } from './i18n/web-words'

/** Where the page is open. An old WeCom is `wecom`, too: what it lacks is in `platform.capabilities`. */
export type Place = 'wecom' | 'wechat' | 'browser'

export interface Services {
  place: Place
  languages: LanguageSetting
  departure: Departure
  taking: TakeAlong
  platform: WecomWebPlatform
  client: WebBffClient
  /** Outlives the page: drafts. */
  storage: BrowserStorage
  /** For the report of `sealcard doctor h5`. */
  pageFacts: () => Required<PageFacts>
  now: () => number
  newKey: () => string
  /** Leaves the page for a login that the person asked for. */
  signIn: () => void
  /** Calls back when the page comes out of the browser's memory. @returns ends it */
  onReturn: (back: () => void) => () => void
}

const Context = createContext<Services | null>(null)
export const ServicesProvider = Context.Provider

export const useServices = (): Services => {
  const services = useContext(Context)
  if (!services) throw new TypeError('outside of ServicesProvider')
  return services
}

export interface Say {
  t: Translate
  /** What only the web page says. */
  w: TranslateOf<typeof webWords>
}

const SAY: Record<Language, Say> = {
  zh: { t: translator('zh'), w: translatorOf(webWords, 'zh') },
  en: { t: translator('en'), w: translatorOf(webWords, 'en') },
}

export const useWords = (): Say => {
  const { languages } = useServices()
  return SAY[useSyncExternalStore(languages.subscribe, languages.language)]
}
