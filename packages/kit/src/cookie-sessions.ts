import { get, isSessionError, type SendCall } from './bff-call.js'
import type { KnownSession, Sessions } from './sessions.js'
import { isKnownSession } from './shapes.js'

/** Every call of a page carries it: a form or an image of another site cannot send it. */
export const PAGE_HEADERS = { 'X-Sealcard': '1' }

interface CookieSessionsOptions {
  send: SendCall
  /** Leaves the page for the login; rejects when the page stays. */
  login: () => Promise<unknown>
  now: () => number
}

/**
 * Sessions of a web page: the browser keeps a cookie that no script sees. So the page asks once whether it is logged
 * in. A login leaves the page, and the next document asks again.
 */
export const cookieSessions = ({ send, login, now }: CookieSessionsOptions): Sessions => {
  let current: KnownSession | null = null
  let asking: Promise<KnownSession> | null = null
  let leaving: Promise<never> | null = null

  const read = () => (current && Date.parse(current.expiresAt) > now() ? current : null)

  const renew = (): Promise<never> => {
    current = null
    return (leaving ??= login()
      .then(() => {
        throw new Error('the page is still here after its login')
      })
      .finally(() => {
        leaving = null
      }))
  }

  const ask = (): Promise<KnownSession> =>
    (asking ??= send(get('/v1/sessions/current', isKnownSession), PAGE_HEADERS)
      .then((session) => (current = session))
      .catch((error: unknown) => {
        if (isSessionError(error)) return renew()
        throw error
      })
      .finally(() => {
        asking = null
      }))

  return {
    async ensure() {
      return read() ?? ask()
    },
    known: () => read() !== null,
    renew,
    renewAfter: renew,
    forget() {
      current = null
    },
    // Only the browser knows whether it has a cookie.
    credentials: () => PAGE_HEADERS,
    headers: () => PAGE_HEADERS,
  }
}
