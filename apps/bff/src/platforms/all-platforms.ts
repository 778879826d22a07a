import type { Platform } from './registry/platform.js'
import { wechat } from './wechat/wechat.js'
import { wecom } from './wecom/wecom.js'

/** The one list. Another platform is a folder beside these and a line here: docs/extending/platform.md. */
export const PLATFORMS: readonly Platform[] = [wechat, wecom]
