import type { WebPage, WebSignatures, WwLike, WwRegisterOptions } from '../../src/ww-types.js'

/** What a call of the SDK gives: a result, a rejection with a result, an error of the SDK itself, or nothing ever. */
export type WwAnswer =
  | { ok: object }
  | { reject: { errMsg: string; errCode?: number; err_code?: number } }
  | { throws: unknown }
  | 'silence'

const DEFAULTS: Record<string, WwAnswer> = {
  setShareAttr: { ok: {} },
  getContext: { ok: { entry: 'normal', shareTicket: 'WEBTICKET' } },
  getShareInfo: { ok: { encryptedData: 'WEBDATA', iv: 'WEBIV' } },
  shareAppMessage: { ok: {} },
  sendChatMessage: { ok: {} },
  hideMenuItems: { ok: {} },
  hideChatAttachmentMenu: { ok: {} },
  checkJsApi: { ok: { checkResult: {} } },
}

export const PHONE = 'Mozilla/5.0 (iPhone) MicroMessenger/7.0.1 wxwork/4.1.30 Language/zh'
export const PAGE = 'https://cards.example.com/h5/o?s=SHARE'

/** The part of `window` that the platform reads, whose events a test sends itself. */
export const fakePage = (userAgent = PHONE) => {
  const listeners: Record<string, ((event: { persisted?: boolean }) => void)[]> = {}
  const location = { href: PAGE }
  const page: WebPage = {
    location,
    navigator: { userAgent },
    addEventListener: (type, listener) => {
      ;(listeners[type] ??= []).push(listener)
    },
  }
  return {
    page,
    location,
    send: (type: string, event = {}) => {
      for (const listener of listeners[type] ?? []) listener(event)
    },
  }
}

export const signaturesFor = (url: string): WebSignatures => ({
  corpId: 'wwCORP',
  agentId: 1000002,
  timestamp: 1_700_000_000,
  nonceStr: `nonce of ${url}`,
  signature: 'AGENT',
  configSignature: 'CORP',
})

/** An SDK that records every call and can fail each of them. */
export const fakeWw = (environment: 'wecom' | 'wechat' | 'browser' = 'wecom') => {
  const calls: { api: string; args: Record<string, unknown> }[] = []
  const answers: Record<string, WwAnswer> = { ...DEFAULTS }
  const menus: object[] = []
  let registered: WwRegisterOptions | undefined

  const call =
    (api: string) =>
    (options: Record<string, unknown> = {}) => {
      const { cancel, ...args } = options
      calls.push({ api, args })
      return settle(api, answers[api] ?? 'silence', cancel as (() => void) | undefined)
    }

  const ww = {
    env: { isWeCom: environment === 'wecom', isWeChat: environment === 'wechat' },
    register: (options: WwRegisterOptions) => {
      registered = options
      calls.push({ api: 'register', args: { corpId: options.corpId, agentId: options.agentId } })
    },
    onMenuShareAppMessage: (content: object) => void menus.push(content),
    ...Object.fromEntries(Object.keys(DEFAULTS).map((api) => [api, call(api)])),
  } as unknown as WwLike
  const named = (api: string) => calls.filter((one) => one.api === api).map(({ args }) => args)
  return { ww, calls, named, answers, menus, registered: () => registered }
}

const settle = (api: string, answer: WwAnswer, cancel?: () => void): Promise<unknown> => {
  if (answer === 'silence') return new Promise(() => undefined)
  // As the SDK does it: what the client answers is rejected with, and is no Error.
  if ('throws' in answer) return Promise.reject(answer.throws)
  if ('ok' in answer) return Promise.resolve({ errMsg: `${api}:ok`, errCode: 0, ...answer.ok })
  if (answer.reject.errMsg.endsWith(':cancel')) cancel?.()
  return Promise.reject({ errCode: -1, ...answer.reject })
}
