import { z } from 'zod'
import type { AppConfig } from '../../core/config/config.js'
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
