import { departure, languageSetting } from '@sealcard/client'
import {
  createWebBffClient,
  createWecomWebPlatform,
  PlatformError,
  type WwLike,
} from '@sealcard/kit'
import { browserStorage } from './adapters/browser-storage'
import { now } from './adapters/clock'
import { fetchRequest } from './adapters/fetch-request'
import { policyViolations } from './adapters/policy-violations'
import { takeAlong } from './adapters/take-along'
import { randomKey } from './adapters/random-key'
import { logins } from './features/session/logins'
import { expireDrafts } from './features/write/person-drafts'
import { languageOfPage } from './i18n/language'
import type { Place, Services } from './services'

/** The id of the app, which the BFF writes into the document that it serves. */
export const appOf = (page: Document): string =>
  page.querySelector<HTMLMetaElement>('meta[name=sealcard-app]')?.content ?? ''

const placeOf = ({ isWeCom, isWeChat }: WwLike['env']): Place =>
  isWeCom ? 'wecom' : isWeChat ? 'wechat' : 'browser'

/** What the views work with, over the real browser and `@wecom/jssdk`. @param sdk its version */
export const makeServices = (
  page: Window,
  send: typeof fetch,
  ww: WwLike,
  sdk: string,
): Services => {
  const blocked = policyViolations(page.document)
  const app = appOf(page.document)
  const place = placeOf(ww.env)
  const storage = browserStorage(() => page.localStorage)
  const languages = languageSetting(storage, () => languageOfPage(page.navigator))
  const left = departure(storage)
  const login = logins({
    location: page.location,
    storage: browserStorage(() => page.sessionStorage),
    app,
    language: languages.language,
    web: place === 'browser',
  })
  const waiting = new Set<() => void>()

  const platform = createWecomWebPlatform(ww, {
    page,
    sign: (url) => client.sign(url),
    logIn: () => {
      login.leave()
    },
    onReturn: () => {
      for (const back of waiting) back()
    },
  })

  const client = createWebBffClient({
    baseUrl: '',
    app,
    request: fetchRequest(send),
    // In a browser a person starts the login; a client signs in silently, and once.
    login: async () => {
      // Who left comes back by their own press, and by opening a card.
      if (place !== 'wecom' || left.read() || !login.mayLeave()) {
        throw new PlatformError('login', 'oauth2', { errMsg: 'oauth2:fail not signed in' })
      }
      return platform.login()
    },
    now,
  })

  expireDrafts(storage, now)
  return {
    place,
    languages,
    departure: left,
    taking: takeAlong(page),
    platform,
    client: {
      ...client,
      async ensureSession() {
        const session = await client.ensureSession()
        login.done()
        return session
      },
    },
    storage,
    pageFacts: () => ({ sdk, blocked: blocked() }),
    now,
    newKey: randomKey,
    signIn: () => {
      left.clear()
      login.leave()
    },
    onReturn: (back) => {
      waiting.add(back)
      return () => waiting.delete(back)
    },
  }
}
