import type { LanguageSetting } from '@sealcard/client'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { KeyValue } from './adapters/browser-storage'
import type { Every } from './adapters/every'
import type { Later } from './adapters/later'
import type { SystemWish } from './adapters/system-wish'
import type { Api } from './api/api'
import type { Sessions } from './session/session'
import type { Store } from './store'

/** What the views work with. A test gives its own. */
export interface Services {
  api: Api
  sessions: Sessions
  /** Whether the service does not work at the moment. */
  outage: Store<boolean>
  queries: QueryClient
  languages: LanguageSetting
  storage: KeyValue
  systemDark: SystemWish
  lessMotion: SystemWish
  now: () => number
  every: Every
  later: Later
  /** Copies text to the clipboard. */
  copy: (text: string) => Promise<void>
  /** Of the page's document; style elements need it. */
  nonce: string | undefined
}

const Context = createContext<Services | null>(null)
export const ServicesProvider = Context.Provider

export const useServices = (): Services => {
  const services = useContext(Context)
  if (!services) throw new TypeError('outside of ServicesProvider')
  return services
}
