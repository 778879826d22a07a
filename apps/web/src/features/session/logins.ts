import type { KeyValue } from '@sealcard/kit'

const MARK = 'sealcard.login'

export interface Logins {
  /** Whether the page may leave for a login by itself: once, until a session is there. */
  mayLeave(): boolean
  leave(): void
  /** There is a session. */
  done(): void
}

interface LoginsOptions {
  location: Pick<Location, 'pathname' | 'search' | 'hash' | 'replace'>
  /** `sessionStorage`: it ends with the tab. */
  storage: KeyValue
  app: string
  language: () => string
  /** A browser has WeCom's web login; a client signs in silently. */
  web: boolean
}

/** The way to the login and back. A page that came back without a session must not go round for ever. */
export const logins = ({ location, storage, app, language, web }: LoginsOptions): Logins => ({
  mayLeave: () => storage.get(MARK) === null,
  leave() {
    storage.set(MARK, '1')
    const to = location.pathname + location.search + location.hash
    const query = [
      `app=${encodeURIComponent(app)}`,
      `to=${encodeURIComponent(to)}`,
      ...(web ? ['via=web', `lang=${language()}`] : []),
    ]
    location.replace(`/h5/login?${query.join('&')}`)
  },
  done: () => storage.remove(MARK),
})
