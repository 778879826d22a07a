import type { WxLike } from './wx-types.js'

/** Small strings that outlive the process. A storage that fails lasts for this run. */
export interface KeyValue {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
}

/**
 * `wx` storage: per mini-program and, on the platforms, per account. It throws when full, and some clients lack it.
 * What it does not take is kept in memory: a retry in this run still finds what the first attempt left.
 */
export const wxStorage = (
  wx: Pick<WxLike, 'getStorageSync' | 'setStorageSync' | 'removeStorageSync'>,
): KeyValue => {
  const kept = new Map<string, string>()
  return {
    get: (key) =>
      kept.get(key) ??
      attempt(() => {
        const value = wx.getStorageSync(key)
        return typeof value === 'string' && value !== '' ? value : null
      }) ??
      null,
    set(key, value) {
      const stored = attempt(() => {
        wx.setStorageSync(key, value)
        return true
      })
      if (stored) kept.delete(key)
      else kept.set(key, value)
    },
    remove(key) {
      kept.delete(key)
      attempt(() => wx.removeStorageSync(key))
    },
  }
}

const attempt = <T>(run: () => T): T | undefined => {
  try {
    return run()
  } catch {
    return undefined
  }
}
