import type { QyLike } from '../../src/qy-types.js'
import type { WxResult } from '../../src/wx-callbacks.js'
import type { WxLike, WxSystemInfo } from '../../src/wx-types.js'

/** An answer, a failure, silence, or whatever a function makes of the arguments. */
export type Answer =
  | { ok: object }
  | { fail: Partial<WxResult> }
  | { throws: unknown }
  | 'silence'
  | ((args: Record<string, unknown>) => Answer)

export interface Call {
  api: string
  args: Record<string, unknown>
}

export interface FakeWx {
  wx: WxLike
  calls: Call[]
  answers: Record<string, Answer>
  stored: Map<string, unknown>
  system: WxSystemInfo
  enter: { shareTicket?: string }
}

const DEFAULTS: Record<string, Answer> = {
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

/** A client that records every call and can fail each of them. */
export const fakeWx = (kind: 'wechat' | 'wecom' = 'wechat'): FakeWx => {
  const calls: Call[] = []
  const answers: Record<string, Answer> = { ...DEFAULTS }
  const stored = new Map<string, unknown>()
  const system: WxSystemInfo =
    kind === 'wecom'
      ? { platform: 'ios', version: '4.1.30', environment: 'wxwork', language: 'zh_CN' }
      : { platform: 'ios', version: '8.0.50', SDKVersion: '3.8.0', language: 'zh_CN' }
  const enter: { shareTicket?: string } = { shareTicket: 'TICKET' }

  const call = (api: string) => (options: object) => {
    const { success, fail, complete: _, ...args } = options as Record<string, unknown>
    calls.push({ api, args })
    settle(api, answers[api] ?? 'silence', args, success as Settle, fail as Settle)
  }

  const wx = {
    login: call('login'),
    checkSession: call('checkSession'),
    request: call('request'),
    updateShareMenu: call('updateShareMenu'),
    authPrivateMessage: call('authPrivateMessage'),
    getSystemInfoSync: () => system,
    getEnterOptionsSync: () => ({ path: '', query: {}, scene: 1044, ...enter }),
    getStorageSync: (key: string) => stored.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void stored.set(key, value),
    removeStorageSync: (key: string) => void stored.delete(key),
    ...(kind === 'wecom' ? { qy: fakeQy(call) } : {}),
  } as unknown as WxLike
  return { wx, calls, answers, stored, system, enter }
}

const fakeQy = (call: (api: string) => (options: object) => void) =>
  ({
    login: call('qy.login'),
    checkSession: call('qy.checkSession'),
    setShareAttr: call('qy.setShareAttr'),
    getContext: call('qy.getContext'),
    getShareInfo: call('qy.getShareInfo'),
  }) as unknown as QyLike

type Settle = ((result: unknown) => void) | undefined

const settle = (
  api: string,
  answer: Answer,
  args: Record<string, unknown>,
  success: Settle,
  fail: Settle,
): void => {
  if (typeof answer === 'function') return settle(api, answer(args), args, success, fail)
  if (answer === 'silence') return
  if ('throws' in answer) throw answer.throws
  void Promise.resolve().then(() =>
    'ok' in answer
      ? success?.({ errMsg: `${api}:ok`, ...answer.ok })
      : fail?.({ errMsg: `${api}:fail`, ...answer.fail }),
  )
}
