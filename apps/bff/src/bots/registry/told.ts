import type { BotNotices } from '../../core/config/config.js'

/** Lines in one answer or message. */
export const MOST_LINES = 5

/** Whether any notice is switched on. */
export const tellsAnything = (notices: BotNotices): boolean =>
  notices.firstOpening || notices.refusedAttempts || notices.expiringTomorrow
