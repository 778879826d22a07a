import { z } from 'zod'
import type { AppConfig } from '../../core/config/config.js'

/** An app of a corp's own, with the mini-program that is linked to it. */
export interface WecomAppConfig extends AppConfig {
  corpid: string
  agentid: number
}

/** The keys of `apps[]` that only WeCom's apps have. */
export const wecomAppKeys = {
  corpid: z
    .string()
    .regex(/^w[a-z][0-9A-Za-z_-]{16,62}$/, 'must be a corpid, such as ww and 16 hex digits'),
  agentid: z.int().positive(),
}

export const OFFICIAL_API_BASE = 'https://qyapi.weixin.qq.com'
