import type { AdminLogin, AdminSession } from '@sealcard/protocol'
import type { Api } from '../api/api'
import { failureOf } from '../api/failure'
import { createStore, type Store } from '../store'

/** Who is logged in. `lost`: until now; the page stays as it is, and the log-in opens over it. */
export type SessionState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'out' }
  | { readonly kind: 'in' | 'lost'; readonly session: AdminSession }

export interface Sessions {
  readonly state: Store<SessionState>
  csrf: () => string | undefined
  /** Asks the service who is logged in. Stays `asking` while the service does not answer. */
  ask: () => Promise<void>
  /** @throws ApiFailure */
  logIn: (login: AdminLogin) => Promise<void>
  logOut: () => Promise<void>
  /** A change of password or second factor begins a new login. */
  replace: (session: AdminSession) => void
  lose: () => void
  /** @returns whether there is another login of the same account now */
  renew: () => Promise<boolean>
}

/** @param api asked late: the API itself asks for the CSRF token @param changed another account than before */
export const createSessions = (api: () => Api, changed: () => void): Sessions => {
  const state = createStore<SessionState>({ kind: 'asking' })
  const known = () => {
    const now = state.get()
    return 'session' in now ? now.session : undefined
  }
  const enter = (session: AdminSession) => {
    const before = known()
    if (before && (before.name !== session.name || before.role !== session.role)) changed()
    state.set({ kind: 'in', session })
  }
  return {
    state,
    csrf: () => known()?.csrf,
    async ask() {
      try {
        enter(await api().get<AdminSession>('session'))
      } catch (error) {
        if (failureOf(error).code === 'ERR_SESSION') state.set({ kind: 'out' })
      }
    },
    async logIn(login) {
      enter(await api().send<AdminSession>('POST', 'session', login))
    },
    async logOut() {
      await api().send('DELETE', 'session')
      state.set({ kind: 'out' })
      changed()
    },
    replace: enter,
    lose() {
      const session = known()
      if (session) state.set({ kind: 'lost', session })
    },
    async renew() {
      const before = known()
      try {
        const session = await api().get<AdminSession>('session')
        if (session.name !== before?.name || session.csrf === before.csrf) return false
        enter(session)
        return true
      } catch {
        return false
      }
    },
  }
}
