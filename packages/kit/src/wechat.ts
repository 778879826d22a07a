import { callWx } from './call-wx.js'
import { toPlatformError } from './judge-failure.js'
import { PlatformError } from './platform-error.js'
import type { Capabilities, Proof, SharePlatform } from './platform.js'
import { serial } from './serial.js'
import { readSystemInfo } from './system-info.js'
import { atLeast } from './version.js'
import type { WxLike } from './wx-types.js'

/** Private messages came with this base library. */
const MIN_SDK = '2.13.0'

/** Clients that lose the share ticket when they send a private card. */
const DESKTOP = new Set(['windows', 'mac'])

/** Private cards by WeChat: activityId, updateShareMenu, authPrivateMessage. */
export const createWechatPlatform = (wx: WxLike): SharePlatform => {
  const inOrder = serial()

  const updateShareMenu = (options: Parameters<NonNullable<WxLike['updateShareMenu']>>[0]) =>
    inOrder(async () => {
      if (!wx.updateShareMenu) throw unsupported('updateShareMenu')
      try {
        await callWx('updateShareMenu', (on) => wx.updateShareMenu?.({ ...options, ...on }))
      } catch (error) {
        throw toPlatformError('updateShareMenu', error)
      }
    })

  return {
    kind: 'wechat',
    capabilities: capabilitiesOf(wx),

    async login() {
      try {
        const { code } = await callWx<{ code: string }>('login', (on) => wx.login(on))
        if (!code) throw new PlatformError('retry', 'login', { errMsg: 'login:fail no code' })
        return { code }
      } catch (error) {
        throw toPlatformError('login', error)
      }
    },

    checkSession: () =>
      callWx('checkSession', (on) => wx.checkSession(on)).then(
        () => true,
        () => false,
      ),

    declare(declaration) {
      if (declaration.platform !== 'wechat') return Promise.reject(unsupported('updateShareMenu'))
      // All three, and never isUpdatableMessage: on iOS its false cancels withShareTicket.
      return updateShareMenu({
        withShareTicket: true,
        isPrivateMessage: true,
        activityId: declaration.activityId,
      })
    },

    // The flag outlives the page that set it.
    undeclare: () => updateShareMenu({ isPrivateMessage: false }),

    async ticket() {
      // Launch options are those of the cold start for ever; page parameters never carry the ticket.
      const shareTicket = wx.getEnterOptionsSync?.().shareTicket
      return shareTicket ? { shareTicket } : null
    },

    async prove({ shareTicket }) {
      if (!wx.authPrivateMessage) throw unsupported('authPrivateMessage')
      try {
        const result = await callWx<{ valid?: boolean } & Partial<Proof>>(
          'authPrivateMessage',
          (on) => wx.authPrivateMessage?.({ shareTicket, ...on }),
        )
        const { valid, encryptedData, iv } = result
        if (valid !== true || !encryptedData || !iv) {
          // The documented no. An answer without its fields is none.
          const fault = valid === false ? 'not-recipient' : 'retry'
          throw new PlatformError(fault, 'authPrivateMessage', { errMsg: result.errMsg })
        }
        return { encryptedData, iv }
      } catch (error) {
        throw toPlatformError('authPrivateMessage', error, true)
      }
    },
  }
}

const capabilitiesOf = (wx: WxLike): Capabilities => {
  const { SDKVersion, platform } = readSystemInfo(wx)
  const old = atLeast(SDKVersion, MIN_SDK) === false
  return {
    share:
      old || !wx.updateShareMenu
        ? 'client-too-old'
        : DESKTOP.has(platform ?? '')
          ? 'desktop'
          : null,
    open: old || !wx.authPrivateMessage || !wx.getEnterOptionsSync ? 'client-too-old' : null,
  }
}

const unsupported = (api: string) =>
  new PlatformError('unsupported', api, { errMsg: `${api}:fail not supported` })
