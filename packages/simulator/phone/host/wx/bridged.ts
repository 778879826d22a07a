import type { HostTransport } from '../transport.js'
import type { AskClient } from './navigation.js'
import { ApiFailure, settle, type Callbacks } from './settle.js'
import { stubs } from './stubs.js'
import { TYPED_QY } from './typed-calls.js'

/** APIs that the simulated platform answers; the second column says whether WeChat gives a promise without callbacks. */
const wechat: [name: string, promise: boolean][] = [
  ['login', false],
  ['checkSession', true],
  ['updateShareMenu', true],
  ['showShareMenu', true],
  ['hideShareMenu', true],
  ['authPrivateMessage', false],
  ['getShareInfo', true],
  ['requestSubscribeMessage', true],
]

const wecom = [
  'login',
  'checkSession',
  'setShareAttr',
  'getContext',
  'getShareInfo',
  'getEnterpriseUserInfo',
]

export type PageIdentity = () => string

/** Functions cannot cross the wire; nothing else is taken out. */
const argumentsOf = (options: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => typeof value !== 'function'))

/**
 * Asks whether the client does a navigation now. The phone keeps its own pages, so only a scripted fault
 * makes the client refuse.
 */
export const askClient =
  (transport: HostTransport, page: PageIdentity): AskClient =>
  async (name, options) => {
    const { ok, res } = await transport.wx(name, { page: page(), args: argumentsOf(options) })
    if (!ok) throw new ApiFailure('', res)
  }

const bridge =
  (transport: HostTransport, page: PageIdentity, name: string, promise: boolean) =>
  (options: Callbacks & object = {}) => {
    const call = { page: page(), args: argumentsOf(options) }
    const answer = transport.wx(name, call).then(
      (given) => ({ ok: given.ok, res: given.res }),
      (error: unknown) => ({
        ok: false,
        res: { errMsg: `${name}:fail ${(error as Error).message}`, errno: 4 },
      }),
    )
    return settle(options, answer, promise)
  }

export const bridgedApis = (
  transport: HostTransport,
  page: PageIdentity,
  menuHidden: (hidden: boolean) => void,
) => {
  const apis = Object.fromEntries(
    wechat.map(([name, promise]) => [name, bridge(transport, page, name, promise)]),
  )
  return {
    ...apis,
    hideShareMenu: (options?: Callbacks) => {
      menuHidden(true)
      return apis.hideShareMenu?.(options)
    },
    showShareMenu: (options?: Callbacks) => {
      menuHidden(false)
      return apis.showShareMenu?.(options)
    },
  }
}

/** `wx.qy`, which only WeCom has. Its schema table knows API names and nothing below them. */
export const qyApis = (
  transport: HostTransport,
  page: PageIdentity,
  warn: (message: string) => void,
) => ({
  ...stubs({ typed: TYPED_QY, object: 'wx.qy', prefix: 'qy.', done: [...wecom, 'canIUse'], warn }),
  ...Object.fromEntries(wecom.map((name) => [name, bridge(transport, page, `qy.${name}`, false)])),
  canIUse: (schema: string) => wecom.includes(schema),
})
