import type { WxResult } from '../wx-callbacks.js'
import type { WxLike, WxResponse, WxSystemInfo } from '../wx-types.js'

/** What each scripted call answers when it succeeds. */
export interface WxResults {
  login: { code: string }
  checkSession: object
  request: WxResponse
  updateShareMenu: object
  authPrivateMessage: { valid: boolean; encryptedData: string; iv: string }
  requestSubscribeMessage: Record<string, unknown>
  'qy.login': { code: string }
  'qy.checkSession': { expireIn: number }
  'qy.setShareAttr': object
  'qy.getContext': { entry: string; shareTicket: string }
  'qy.getShareInfo': { encryptedData: string; iv: string }
}

export type WxApi = keyof WxResults

/** An answer, a failure, a throw, silence for ever, or what a function makes of the arguments. Fields may be missing. */
export type WxAnswer<Result = object> =
  | { ok: Partial<Result> }
  | { fail: Partial<WxResult> }
  | { throws: unknown }
  | 'silence'
  | ((args: Record<string, unknown>) => WxAnswer<Result>)

export type WxAnswers = { [Api in WxApi]?: WxAnswer<WxResults[Api]> }

export interface WxCall {
  api: WxApi
  args: Record<string, unknown>
}

export interface FakeWx {
  /** Hand it to the kit where the mini-program hands its global `wx`. */
  wx: WxLike
  /** Every scripted call, in order. */
  calls: WxCall[]
  /** Change them at any time; what is missing is silence. `request` is silent until you script it. */
  answers: WxAnswers
  /** The synchronous storage. */
  stored: Map<string, unknown>
  system: WxSystemInfo
  /** What the card was tapped with; delete the ticket for an entry without a card. */
  enter: { shareTicket?: string }
}

const DEFAULTS: WxAnswers = {
  login: { ok: { code: 'CODE' } },
  checkSession: { ok: {} },
  updateShareMenu: { ok: {} },
  authPrivateMessage: { ok: { valid: true, encryptedData: 'DATA', iv: 'IV' } },
  'qy.login': { ok: { code: 'QYCODE' } },
  'qy.checkSession': { ok: { expireIn: 7200 } },
  'qy.setShareAttr': { ok: {} },
  'qy.getContext': { ok: { entry: 'normal', shareTicket: 'QYTICKET' } },
  'qy.getShareInfo': { ok: { encryptedData: 'QYDATA', iv: 'QYIV' } },
}

/** A client of WeChat, or of WeCom, that records every call and answers as the test says. Its default answers succeed. */
export const fakeWx = (kind: 'wechat' | 'wecom' = 'wechat', answers: WxAnswers = {}): FakeWx => {
  const calls: WxCall[] = []
  const scripted: WxAnswers = { ...DEFAULTS, ...answers }
  const stored = new Map<string, unknown>()
  const system: WxSystemInfo =
    kind === 'wecom'
      ? { platform: 'ios', version: '4.1.30', environment: 'wxwork', language: 'zh_CN' }
      : { platform: 'ios', version: '8.0.50', SDKVersion: '3.8.0', language: 'zh_CN' }
  const enter: { shareTicket?: string } = { shareTicket: 'TICKET' }

  const call = (api: WxApi) => (options: object) => {
    const { success, fail, complete: _, ...args } = options as Record<string, unknown>
    calls.push({ api, args })
    settle(api, scripted[api] ?? 'silence', args, success as Settle, fail as Settle)
  }

  const wx: WxLike = {
    login: call('login'),
    checkSession: call('checkSession'),
    request: call('request'),
    updateShareMenu: call('updateShareMenu'),
    authPrivateMessage: call('authPrivateMessage'),
    getSystemInfoSync: () => system,
    getEnterOptionsSync: () => ({ path: '', query: {}, scene: 1044, ...enter }),
    getStorageSync: (key) => stored.get(key) ?? '',
    setStorageSync: (key, value) => void stored.set(key, value),
    removeStorageSync: (key) => void stored.delete(key),
  }
  if (kind === 'wecom') {
    wx.qy = {
      login: call('qy.login'),
      checkSession: call('qy.checkSession'),
      setShareAttr: call('qy.setShareAttr'),
      getContext: call('qy.getContext'),
      getShareInfo: call('qy.getShareInfo'),
    }
  } else wx.requestSubscribeMessage = call('requestSubscribeMessage')
  return { wx, calls, answers: scripted, stored, system, enter }
}

type Settle = ((result: unknown) => void) | undefined

const settle = (
  api: WxApi,
  answer: WxAnswer,
  args: Record<string, unknown>,
  success: Settle,
  fail: Settle,
): void => {
  if (typeof answer === 'function') {
    settle(api, answer(args), args, success, fail)
    return
  }
  if (answer === 'silence') return
  if ('throws' in answer) throw answer.throws
  void Promise.resolve().then(() => {
    if ('ok' in answer) success?.({ errMsg: `${api}:ok`, ...answer.ok })
    else fail?.({ errMsg: `${api}:fail`, ...answer.fail })
  })
}
