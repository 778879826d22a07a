import type { EnterOptions, PhoneLink } from '@sealcard/simulator'

type Options = Record<string, unknown> & {
  success?: (result: unknown) => void
  fail?: (result: unknown) => void
  complete?: (result: unknown) => void
}

const settle = ({ success, fail, complete }: Options, ok: boolean, result: unknown) => {
  ;(ok ? success : fail)?.(result)
  complete?.(result)
}

/** What the package asks of `wx` on its way to an opened card, answered by the simulated platform. */
export const wxOnto = (link: PhoneLink, enter: EnterOptions): Record<string, unknown> => {
  const stored = new Map<string, unknown>()
  const bridged = (api: string) => async (options: Options) => {
    const { success, fail, complete, ...args } = options
    const answer = await link.wx(api, { page: `${enter.path}#1`, args })
    settle({ success, fail, complete } as Options, answer.ok, answer.res)
  }
  const here =
    (name: string) =>
    (options: Options = {}) =>
      settle(options, true, { errMsg: `${name}:ok` })
  return {
    login: bridged('login'),
    checkSession: bridged('checkSession'),
    authPrivateMessage: bridged('authPrivateMessage'),
    request: async (options: Options) => {
      const method = String(options.method ?? 'GET')
      const answer = await link.request({
        url: String(options.url),
        method,
        // wx.request labels every body as JSON by default.
        header: {
          'content-type': 'application/json',
          ...(options.header as Record<string, string>),
        },
        ...(method !== 'GET' && { body: serialised(options.data) }),
      })
      const res = answer.ok ? { ...answer.res, data: parsed(answer.res.body) } : answer.res
      settle(options, answer.ok, res)
    },
    getEnterOptionsSync: () => enter,
    getLaunchOptionsSync: () => enter,
    getSystemInfoSync: () => ({
      windowWidth: 375,
      windowHeight: 667,
      pixelRatio: 2,
      platform: 'android',
      SDKVersion: '3.8.0',
      version: '8.0.50',
      language: 'zh_CN',
    }),
    getAppBaseInfo: () => ({ SDKVersion: '3.8.0', version: '8.0.50', language: 'zh_CN' }),
    getDeviceInfo: () => ({ platform: 'android' }),
    getStorageSync: (key: string) => stored.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void stored.set(key, value),
    removeStorageSync: (key: string) => void stored.delete(key),
    setNavigationBarTitle: here('setNavigationBarTitle'),
    setVisualEffectOnCapture: here('setVisualEffectOnCapture'),
    canIUse: () => true,
    nextTick: (then: () => void) => setTimeout(then, 0),
  }
}

const serialised = (data: unknown) => (typeof data === 'string' ? data : JSON.stringify(data ?? {}))

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
