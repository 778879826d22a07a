import { isName, NAME, type Settings } from './options.js'
import { sha256 } from './proof-name.js'
import type { DeclaredShare } from './store.js'

const DAY = 86_400_000

export interface Declaration {
  /** What is shared, by your own name for it. */
  readonly cardId: string
  /** WeChat: the `activity_id` of createActivityId, made for the sharer. WeCom: leave it out, a random state is made. */
  readonly value?: string
  /** Milliseconds UTC. */
  readonly expiresAt?: number
  /** How many people may open the card. Give each share of a card the same limits. */
  readonly maxViewers?: number
  /** How often each of them may. */
  readonly maxOpensPerViewer?: number
}

export interface Declared {
  /** Goes into the path of the shared card. It proves nothing. */
  readonly shareId: string
  /** For the sharer's client alone: `updateShareMenu({activityId})` or `setShareAttr({state})`. */
  readonly value: string
  /** Milliseconds UTC. */
  readonly shareUntil: number
  readonly verifyUntil: number
}

const limitOf = (field: string, value: number | undefined): number | null => {
  if (value === undefined) return null
  if (Number.isInteger(value) && value >= 1 && value <= 1_000_000) return value
  throw new TypeError(
    `${field} must be a whole number from 1 to 1000000: leave it out for no limit`,
  )
}

/** @throws TypeError that names the field */
export const declaredShare = (
  { app, platform, clock, random, shareDays, verifyDays }: Settings,
  { cardId, value: given, expiresAt, maxViewers, maxOpensPerViewer }: Declaration,
): { share: DeclaredShare; declared: Declared } => {
  const now = clock.now()
  const token = (bytes: number) => Buffer.from(random.bytes(bytes)).toString('base64url')
  if (!isName(cardId)) throw new TypeError(`cardId must be ${NAME}`)
  if (given === undefined && platform === 'wechat')
    throw new TypeError('value must be the activity_id that createActivityId gave')
  // WeChat's examples are visible ASCII. A WeCom state that a person can guess would prove nothing.
  if (given !== undefined && !/^[\x21-\x7e]{16,256}$/.test(given))
    throw new TypeError('value must be 16 to 256 visible ASCII characters')
  if (expiresAt !== undefined && !(Number.isSafeInteger(expiresAt) && expiresAt > now))
    throw new TypeError('expiresAt must be a later time, in milliseconds UTC')
  const value = given ?? token(32)
  const [shareUntil, verifyUntil] = [now + shareDays * DAY, now + verifyDays * DAY]
  const share = {
    id: token(16),
    app,
    cardId,
    valueHash: sha256(value),
    shareUntil,
    verifyUntil,
    expiresAt: expiresAt ?? null,
    maxViewers: limitOf('maxViewers', maxViewers),
    maxOpensPerViewer: limitOf('maxOpensPerViewer', maxOpensPerViewer),
  }
  return { share, declared: { shareId: share.id, value, shareUntil, verifyUntil } }
}
