import type { QyLike } from './qy-types.js'
import { WxCallbacks } from './wx-callbacks.js'

export interface WxSystemInfo {
  platform?: string
  version?: string
  SDKVersion?: string
  language?: string
  /** `wxwork` in WeCom, absent in WeChat. */
  environment?: string
}

export interface WxEnterOptions {
  path: string
  query: Record<string, string | undefined>
  scene: number
  /** Typed as a string by the platform, undefined at run time when the card carries none. */
  shareTicket?: string
}

export interface WxRequestOptions extends WxCallbacks<WxResponse> {
  url: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  header: Record<string, string>
  data?: string
  timeout?: number
}

export interface WxResponse {
  statusCode: number
  header: Record<string, string>
  data: unknown
}

export interface UpdateShareMenuOptions extends WxCallbacks {
  withShareTicket?: boolean
  isPrivateMessage?: boolean
  activityId?: string
}

/**
 * The part of the global `wx` that private cards need, by structure: a Taro app, a native mini-program and a test can
 * each hand over what they have. What older base libraries lack is optional.
 */
export interface WxLike {
  login(options: { timeout?: number } & WxCallbacks<{ code: string }>): void
  checkSession(options: WxCallbacks): void
  request(options: WxRequestOptions): unknown
  getStorageSync(key: string): unknown
  setStorageSync(key: string, value: unknown): void
  removeStorageSync(key: string): void
  getSystemInfoSync?(): WxSystemInfo
  /** Base library 2.20.1; WeCom does not have it. */
  getAppBaseInfo?(): WxSystemInfo
  /** Base library 2.20.1; in WeCom only on Android. */
  getDeviceInfo?(): WxSystemInfo
  getEnterOptionsSync?(): WxEnterOptions
  updateShareMenu?(options: UpdateShareMenuOptions): unknown
  authPrivateMessage?(
    options: { shareTicket: string } & WxCallbacks<{
      valid?: boolean
      encryptedData?: string
      iv?: string
    }>,
  ): void
  /** Base library 2.4.4, in WeChat; only in a tap. Answers each template with `accept`, `reject`, `ban` or `filter`. */
  requestSubscribeMessage?(
    options: { tmplIds: string[] } & WxCallbacks<Record<string, unknown>>,
  ): void
  qy?: QyLike
}
