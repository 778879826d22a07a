import type { Session } from '@sealcard/protocol'
import type { KeyValue } from './storage.js'

/** The stored login. What cannot be read, or is over, counts as none. */
export interface SessionStore {
  read(): Session | null
  write(session: Session): void
  clear(): void
}

/** Sessions of different apps and services never meet: both are part of the key. */
export const sessionStore = (
  storage: KeyValue,
  app: string,
  baseUrl: string,
  now: () => number,
): SessionStore => {
  const key = `sealcard.session.${app}@${baseUrl}`
  // Storage may be full or forbidden; the login of this run still holds.
  let current: Session | null | undefined

  return {
    read() {
      current ??= parse(storage.get(key))
      // An over-aged token is not worth the request that would say so.
      if (current && Date.parse(current.expiresAt) <= now()) return null
      return current
    },
    write(session) {
      current = session
      storage.set(key, JSON.stringify(session))
    },
    clear() {
      current = null
      storage.remove(key)
    },
  }
}

const parse = (stored: string | null): Session | null => {
  if (stored === null) return null
  try {
    const value = JSON.parse(stored) as Partial<Session> | null
    return typeof value?.token === 'string' &&
      typeof value.expiresAt === 'string' &&
      typeof value.viewer?.id === 'string'
      ? (value as Session)
      : null
  } catch {
    return null
  }
}
