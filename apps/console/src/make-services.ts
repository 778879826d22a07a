import { languageOf, languageSetting } from '@sealcard/client'
import { QueryClient } from '@tanstack/react-query'
import { browserStorage } from './adapters/browser-storage'
import { now } from './adapters/clock'
import { every } from './adapters/every'
import { later } from './adapters/later'
import { network } from './adapters/network'
import { styleNonce } from './adapters/nonce'
import { systemWish } from './adapters/system-wish'
import { type Api, createApi } from './api/api'
import { createSessions } from './session/session'
import type { Services } from './services'
import { createStore } from './store'

const FRESH_MS = 5_000

/** Failures are shown with a button that tries again; an outage has its own watch. Nothing is asked twice by itself. */
export const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        staleTime: FRESH_MS,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })

/** The services over the real browser. */
export const makeServices = (page: Window, send: typeof fetch): Services => {
  const storage = browserStorage(() => page.localStorage)
  const queries = createQueries()
  const outage = createStore(false)
  const sessions = createSessions(
    () => api,
    () => {
      queries.clear()
    },
  )
  const api: Api = createApi({
    network: network(send),
    csrf: sessions.csrf,
    lost: sessions.lose,
    outage: outage.set,
    renew: sessions.renew,
  })
  return {
    api,
    sessions,
    outage,
    queries,
    languages: languageSetting(storage, () => languageOf(page.navigator.language)),
    storage,
    systemDark: systemWish(page, '(prefers-color-scheme: dark)'),
    lessMotion: systemWish(page, '(prefers-reduced-motion: reduce)'),
    now,
    every,
    later,
    copy: (text) => page.navigator.clipboard.writeText(text),
    nonce: styleNonce(page.document),
  }
}
