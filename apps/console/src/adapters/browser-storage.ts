/** What `localStorage` and its like can do. */
export interface KeyValue {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
}

/**
 * The browser's storage. It may be full, forbidden or cleared. What it does not take stays in memory until the page ends:
 * a retry then still finds the key of the first try.
 * @param open reads `window.localStorage`; where storage is forbidden, reading it throws
 */
export const browserStorage = (open: () => Storage): KeyValue => {
  /** Newer than what the browser has; null: removed here, and not there. */
  const untaken = new Map<string, string | null>()

  const attempt = <T>(run: (storage: Storage) => T): T | undefined => {
    try {
      return run(open())
    } catch {
      return undefined
    }
  }
  const change = (key: string, value: string | null, run: (storage: Storage) => void) => {
    const taken = attempt((storage) => {
      run(storage)
      return true
    })
    if (taken) untaken.delete(key)
    else untaken.set(key, value)
  }

  return {
    get: (key) =>
      untaken.has(key)
        ? (untaken.get(key) ?? null)
        : (attempt((storage) => storage.getItem(key)) ?? null),
    set: (key, value) => {
      change(key, value, (storage) => {
        storage.setItem(key, value)
      })
    },
    remove: (key) => {
      change(key, null, (storage) => {
        storage.removeItem(key)
      })
    },
  }
}
