import { callWx } from './call-wx.js'
import { toPlatformError } from './judge-failure.js'
import { PlatformError } from './platform-error.js'
import type { Capabilities, Proof, SharePlatform } from './platform.js'
import type { QyLike } from './qy-types.js'
import { serial } from './serial.js'
import { readSystemInfo } from './system-info.js'
import { atLeast } from './version.js'
import type { WxLike } from './wx-types.js'

/** Private messages came with this WeCom; older ones can also re-forward a card. */
const MIN_WECOM = '3.1.8'

/** Private cards by WeCom: setShareAttr, getContext, getShareInfo. */
export const createWecomPlatform = (wx: WxLike): SharePlatform => {
  const qy: Partial<QyLike> = wx.qy ?? {}
  const inOrder = serial()

  return {
    kind: 'wecom',
    capabilities: capabilitiesOf(wx),

    async login() {
      if (!qy.login) throw unsupported('login')
      try {
        const { code } = await callWx<{ code: string }>('qy.login', (on) => qy.login?.(on))
        if (!code) throw new PlatformError('retry', 'qy.login', { errMsg: 'login:fail no code' })
        return { code }
      } catch (error) {
        throw toPlatformError('qy.login', error)
      }
    },

    async checkSession() {
      if (!qy.checkSession) return false
      return callWx('qy.checkSession', (on) => qy.checkSession?.(on)).then(
        () => true,
        () => false,
      )
    },

    declare: (declaration) =>
      inOrder(async () => {
        if (declaration.platform !== 'wecom' || !qy.setShareAttr) throw unsupported('setShareAttr')
        const { state } = declaration
        try {
          await callWx('qy.setShareAttr', (on) =>
            qy.setShareAttr?.({ withShareTicket: true, state, ...on }),
          )
        } catch (error) {
          throw toPlatformError('qy.setShareAttr', error)
        }
      }),

    // WeCom's attribute belongs to the page and goes with it.
    undeclare: () => Promise.resolve(),

    async ticket() {
      if (!qy.getContext) throw unsupported('getContext')
      try {
        const { shareTicket } = await callWx<{ shareTicket?: string }>('qy.getContext', (on) =>
          qy.getContext?.(on),
        )
        return shareTicket ? { shareTicket } : null
      } catch (error) {
        throw toPlatformError('qy.getContext', error)
      }
    },

    async prove({ shareTicket }) {
      if (!qy.getShareInfo) throw unsupported('getShareInfo')
      try {
        const result = await callWx<Partial<Proof>>('qy.getShareInfo', (on) =>
          qy.getShareInfo?.({ shareTicket, ...on }),
        )
        const { encryptedData, iv } = result
        if (!encryptedData || !iv) {
          // WeCom's no is a failure; an answer without its fields is none.
          throw new PlatformError('retry', 'qy.getShareInfo', { errMsg: result.errMsg })
        }
        return { encryptedData, iv }
      } catch (error) {
        throw toPlatformError('qy.getShareInfo', error, true)
      }
    },
  }
}

const capabilitiesOf = (wx: WxLike): Capabilities => {
  // Only the presence of the API is asked: `qy.canIUse('setShareAttr.object.state')` is false where it works.
  const old = atLeast(readSystemInfo(wx).version, MIN_WECOM) === false
  const { setShareAttr, getContext, getShareInfo } = wx.qy ?? {}
  return {
    share: old || !setShareAttr ? 'client-too-old' : null,
    open: old || !getContext || !getShareInfo ? 'client-too-old' : null,
  }
}

const unsupported = (api: string) =>
  new PlatformError('unsupported', `qy.${api}`, { errMsg: `qy__${api}:fail not supported` })
