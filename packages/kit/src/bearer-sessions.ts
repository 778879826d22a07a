import type { Session } from '@sealcard/protocol'
import { post, type SendCall } from './bff-call.js'
import { sessionStore } from './session-store.js'
import type { Sessions } from './sessions.js'
import { isSession } from './shapes.js'
import type { KeyValue } from './storage.js'

interface BearerSessionsOptions {
  baseUrl: string
  app: string
  send: SendCall
  storage: KeyValue
  login: () => Promise<{ code: string }>
  exchange?: ((code: string) => Promise<Session>) | undefined
  now: () => number
  /** The platform's key may be another one from here on. */
  onLogin: () => void
}

const bearer = ({ token }: Session) => ({ Authorization: `Bearer ${token}` })

/** Sessions of a mini-program: the platform's code is exchanged for a token, which is kept. */
export const bearerSessions = (options: BearerSessionsOptions): Sessions<Session> => {
  const { app, send, login, onLogin } = options
  const store = sessionStore(options.storage, app, options.baseUrl, options.now)
  const exchange = async (code: string): Promise<Session> => {
    if (!options.exchange) return send({ ...post('/v1/sessions', isSession), body: { app, code } })
    const session: unknown = await options.exchange(code)
    if (isSession(session)) return session
    throw new TypeError('exchange must give what POST /v1/server/sessions answered, as it is')
  }
  let loggingIn: Promise<Session> | null = null

  // One login at a time: two at once would rotate the session key under each other.
  const renew = (): Promise<Session> => {
    if (loggingIn) return loggingIn
    // From here on, and whether it succeeds or not, the key may be another one.
    onLogin()
    return (loggingIn = login()
      .then(({ code }) => exchange(code))
      .then((session) => {
        store.write(session)
        return session
      })
      .finally(() => {
        onLogin()
        loggingIn = null
      }))
  }

  return {
    async ensure() {
      if (loggingIn) return loggingIn
      return store.read() ?? renew()
    },
    known: () => store.read() !== null,
    renew,
    renewAfter(stale) {
      const current = store.read()
      if (current && current.token !== stale.token) return Promise.resolve(current)
      store.clear()
      return renew()
    },
    forget(stale) {
      if (!stale || store.read()?.token === stale.token) store.clear()
    },
    credentials() {
      const session = store.read()
      return session && bearer(session)
    },
    headers: bearer,
  }
}
