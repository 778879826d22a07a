import { BffError, type RefusalKind } from '@sealcard/kit'
import { describeError } from '../describe-error.js'
import type { Translate } from '../words/translate.js'
import { count } from '../write/draft.js'

/** Characters, as people count them. */
export const NOTE_MAX = 100

/** A shorter wait is one of the general limits, not the day's. */
const DAY_LIMIT_FROM_SECONDS = 300

/** Refusals that the sender can mend by sharing again. The others say nothing about the card or the person. */
const MENDED: ReadonlySet<RefusalKind> = new Set<RefusalKind>([
  'not-recipient',
  'no-ticket',
  'revoked',
  'expired',
  'window-closed',
  'view-limit',
  'opens-used',
  'places-taken',
])

export const mayAsk = (kind: RefusalKind): boolean => MENDED.has(kind)

export const isLongNote = (note: string): boolean => count(note.trim()) > NOTE_MAX

/** Why the question did not go out. */
export const askTrouble = (error: unknown, t: Translate): string =>
  error instanceof BffError &&
  error.code === 'ERR_RATE_LIMITED' &&
  (error.retryAfter === null || error.retryAfter >= DAY_LIMIT_FROM_SECONDS)
    ? t('ask.limit')
    : describeError(error, t).text
