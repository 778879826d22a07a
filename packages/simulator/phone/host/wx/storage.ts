import { api, ApiFailure } from './settle.js'

interface KeyOption {
  key: string
  data?: unknown
}

/** Storage of one mini-program on one phone, in the page's own storage. WeChat keeps the type of a value, so JSON does. */
export const storageApis = (prefix: string, store: Storage) => {
  const keys = () =>
    Object.keys(store)
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
  const read = (key: string): unknown => {
    const text = store.getItem(prefix + key)
    return text === null ? undefined : (JSON.parse(text) as unknown)
  }
  const write = (key: string, data: unknown) =>
    store.setItem(prefix + key, JSON.stringify(data ?? ''))
  const clear = () => keys().forEach((key) => store.removeItem(prefix + key))
  const info = () => ({ keys: keys(), currentSize: 1, limitSize: 10_240 })
  return {
    getStorageSync: (key: string) => read(key) ?? '',
    setStorageSync: (key: string, data: unknown) => write(key, data),
    removeStorageSync: (key: string) => store.removeItem(prefix + key),
    clearStorageSync: clear,
    getStorageInfoSync: info,
    getStorage: api<KeyOption>('getStorage', ({ key }) => {
      const data = read(key)
      if (data === undefined) throw new ApiFailure('data not found')
      return { data }
    }),
    setStorage: api<KeyOption>('setStorage', ({ key, data }) => write(key, data)),
    removeStorage: api<KeyOption>('removeStorage', ({ key }) => store.removeItem(prefix + key)),
    clearStorage: api('clearStorage', clear),
    getStorageInfo: api('getStorageInfo', info),
  }
}
