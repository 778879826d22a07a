import { z } from 'zod'
import type { AppConfig } from '../../core/config/config.js'

/** A mini-program. */
export interface WechatAppConfig extends AppConfig {
  appid: string
}

/** The keys of `apps[]` that only WeChat's apps have. */
export const wechatAppKeys = {
  appid: z.string().regex(/^wx[0-9a-f]{16}$/, 'must be wx and 16 hex digits'),
}
