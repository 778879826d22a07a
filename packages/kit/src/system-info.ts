import type { WxLike, WxSystemInfo } from './wx-types.js'

/**
 * Facts about the client. The old call first, because WeCom lacks the newer ones; a call that throws counts as absent.
 */
export const readSystemInfo = (
  wx: Pick<WxLike, 'getSystemInfoSync' | 'getAppBaseInfo' | 'getDeviceInfo'>,
): WxSystemInfo => ({
  ...attempt(() => wx.getDeviceInfo?.()),
  ...attempt(() => wx.getAppBaseInfo?.()),
  ...attempt(() => wx.getSystemInfoSync?.()),
})

const attempt = (read: () => WxSystemInfo | undefined): WxSystemInfo => {
  try {
    return read() ?? {}
  } catch {
    return {}
  }
}
