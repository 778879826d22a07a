import { createBffClient, detectPlatform, wxRequest, wxStorage, type WxLike } from '@sealcard/kit'
import type { order } from './orders'

declare const wx: WxLike

/** 整个小程序只建一次 Made once for the whole mini-program. */
export const platform = detectPlatform(wx)
export const client = createBffClient({
  baseUrl: 'https://bff.sealcard.example',
  app: platform.kind === 'wecom' ? 'demo-wecom' : 'demo-wechat',
  request: wxRequest(wx),
  storage: wxStorage(wx),
  login: () => platform.login(),
  now: Date.now,
})

/** One card for the order: the same key makes it once. */
export const cardOf = ({ id, text }: typeof order) =>
  client.createCard({ title: '你的订单', body: text, policy: {} }, id)
