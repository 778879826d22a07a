import type { KeyValue } from '@sealcard/kit'

/** Why nobody is signed in: the person signed out, or erased themselves. */
export type Departed = 'out' | 'erased'

/** Remembers that the person left, so that no silent login brings them back. */
export interface Departure {
  read: () => Departed | null
  write: (why: Departed) => void
  /** The person comes back. */
  clear: () => void
}

const KEY = 'sealcard.departed'

export const departure = (storage: KeyValue): Departure => ({
  read() {
    const stored = storage.get(KEY)
    return stored === 'out' || stored === 'erased' ? stored : null
  },
  write: (why) => storage.set(KEY, why),
  clear: () => storage.remove(KEY),
})
