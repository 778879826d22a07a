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
export const detectPlatform = (wx: WxLike): SharePlatform =>
  isWecom(wx) ? createWecomPlatform(wx) : createWechatPlatform(wx)
