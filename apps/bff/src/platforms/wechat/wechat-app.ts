import { z } from 'zod'
import type { AppConfig, PlatformSetup } from '../../core/config/config.js'
import { type SubscriptionTemplates, subscriptionTemplates } from './subscription-template.js'

/** A mini-program. */
export interface WechatAppConfig extends AppConfig {
  appid: string
  /** Of subscription messages. Absent: there are none. */
  templates?: SubscriptionTemplates | undefined
}

/** The keys of `apps[]` that only WeChat's apps have. */
export const wechatAppKeys = {
  appid: z.string().regex(/^wx[0-9a-f]{16}$/, 'must be wx and 16 hex digits'),
  templates: subscriptionTemplates.optional(),
}

export const wechatSetup: PlatformSetup = {
  secret: { variable: 'WECHAT_SECRET', where: 'mp.weixin.qq.com: 开发管理 → 开发设置 → AppSecret' },
  keys: { appid: 'mp.weixin.qq.com: 开发管理 → 开发设置 → AppID' },
  simulated: {
    id: 'demo-wechat',
    keys: { appid: 'wx0000000000000001' },
    secret: 'fake-wechat-secret-0000000000001',
    path: '/api.weixin.qq.com',
  },
}
