import type { KeyValue } from '@sealcard/kit'

/** The browser's storage: it may be full, forbidden or cleared, and then behaves as an empty one. */
export interface BrowserStorage extends KeyValue {
  keys(): string[]
}

/** @param open reads `window.localStorage` or `sessionStorage`; where storage is forbidden, reading it throws */
export const browserStorage = (open: () => Storage): BrowserStorage => {
  const attempt = <T>(run: (storage: Storage) => T): T | undefined => {
    try {
      return run(open())
    } catch {
      return undefined
    }
  }
  return {
    get: (key) => attempt((storage) => storage.getItem(key)) ?? null,
    set: (key, value) =>
      attempt((storage) => {
        storage.setItem(key, value)
      }),
    remove: (key) =>
      attempt((storage) => {
        storage.removeItem(key)
      }),
    keys: () =>
      attempt((storage) =>
        Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? ''),
      ) ?? [],
  }
}
