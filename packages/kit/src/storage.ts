import type { WxLike } from './wx-types.js'

/** Small strings that outlive the process. A storage that fails behaves as an empty one. */
export interface KeyValue {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
}

/** `wx` storage: per mini-program and, on the platforms, per account. It throws when full. */
export const wxStorage = (
  wx: Pick<WxLike, 'getStorageSync' | 'setStorageSync' | 'removeStorageSync'>,
): KeyValue => ({
  get: (key) =>
    attempt(() => {
      const value = wx.getStorageSync(key)
      return typeof value === 'string' && value !== '' ? value : null
    }) ?? null,
  set: (key, value) => attempt(() => wx.setStorageSync(key, value)),
  remove: (key) => attempt(() => wx.removeStorageSync(key)),
})

const attempt = <T>(run: () => T): T | undefined => {
  try {
    return run()
  } catch {
    return undefined
  }
}
