// Compiled, never run: beside WeChat's own declarations, and with the kit's part of `wx`.
import type { QyLike, WxLike } from '@sealcard/kit'

export const together: WxLike = wx
export const qy: QyLike | undefined = wx.qy

wx.login({ success: ({ code }) => code.length })
wx.qy?.login({ success: ({ code }) => code.length })
