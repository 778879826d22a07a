import type { KeyValue } from '@sealcard/kit'

/** A share that left this phone, as far as the platform tells: WeChat tells of the tap, and not of what came after. */
export interface Shared {
  at: string
  label?: string | undefined
}

export interface SharedLog {
  note(cardId: string, label: string | undefined): void
  /** The last one; null: none is known here. */
  last(cardId: string): Shared | null
  /** Ids of the cards that were shared from here. */
  cards(): ReadonlySet<string>
  /** The card is gone. */
  forget(cardId: string): void
}

export const SHARED_LOG = 'sealcard.shared'
/** As long as a share can be opened in its first window; then the entry says nothing new. Milliseconds. */
const LASTS_MS = 7 * 24 * 60 * 60 * 1000
const MOST = 50

/** No words: card ids, times, and labels. */
export const sharedLog = (storage: KeyValue, now: () => number): SharedLog => {
  const read = (): [string, Shared][] =>
    entriesOf(storage.get(SHARED_LOG)).filter(
      // Whichever way the clock went.
      ([, { at }]) => Math.abs(now() - Date.parse(at)) < LASTS_MS,
    )
  const write = (entries: [string, Shared][]) => {
    storage.set(SHARED_LOG, JSON.stringify(entries.slice(-MOST)))
  }
  const without = (cardId: string) => read().filter(([id]) => id !== cardId)
  return {
    note: (cardId, label) => {
      write([...without(cardId), [cardId, { at: new Date(now()).toISOString(), label }]])
    },
    last: (cardId) => read().find(([id]) => id === cardId)?.[1] ?? null,
    cards: () => new Set(read().map(([id]) => id)),
    forget: (cardId) => {
      write(without(cardId))
    },
  }
}

const entriesOf = (stored: string | null): [string, Shared][] => {
  try {
    const value: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(value) ? value.filter(isEntry) : []
  } catch {
    return []
  }
}

const isEntry = (value: unknown): value is [string, Shared] => {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false
  const { at, label } = (value[1] ?? {}) as Partial<Record<string, unknown>>
  return typeof at === 'string' && (label === undefined || typeof label === 'string')
}
