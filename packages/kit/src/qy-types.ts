import type { WxCallbacks } from './wx-callbacks.js'

/**
 * `wx.qy`, which exists only inside WeCom. No published package types it, so these are the six calls that private
 * cards need, as WeCom documents them. Names in `errMsg` may or may not begin with `qy__`.
 */
export interface QyLike {
  login(options: { timeout?: number } & WxCallbacks<{ code: string }>): void
  checkSession(options: WxCallbacks<{ expireIn?: number }>): void
  /** WeCom 3.1.8: marks the current page; every later share of it carries a ticket. */
  setShareAttr?: (options: { withShareTicket: boolean; state?: string } & WxCallbacks) => void
  /** `shareTicket` only when the page was opened from a private card. */
  getContext?: (options: WxCallbacks<{ entry?: string; shareTicket?: string }>) => void
  /** Fails for anyone who is not a direct recipient. */
  getShareInfo?: (
    options: { shareTicket: string } & WxCallbacks<{ encryptedData?: string; iv?: string }>,
  ) => void
  canIUse?(schema: string): boolean
}
