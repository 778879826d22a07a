import { expectOption } from './misuse.js'
import type { SharePlatform } from './platform.js'
import { readSystemInfo } from './system-info.js'
import { createWechatPlatform } from './wechat.js'
import { createWecomPlatform } from './wecom.js'
import type { WxLike } from './wx-types.js'

/**
 * Whether this is WeCom. `environment` is the documented sign but reported missing now and then; `wx.qy` exists only
 * in WeCom.
 */
export const isWecom = (wx: WxLike): boolean =>
  typeof wx.qy?.login === 'function' || readSystemInfo(wx).environment === 'wxwork'

/** The platform this client is. Make it once per app: it keeps the declarations of all pages in order. */
export const detectPlatform = (wx: WxLike): SharePlatform => {
  expectOption(
    typeof (wx as Partial<WxLike> | undefined)?.login === 'function',
    'wx',
    'must be the global wx of the mini-program',
  )
  return isWecom(wx) ? createWecomPlatform(wx) : createWechatPlatform(wx)
}
