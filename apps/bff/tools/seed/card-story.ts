import { DAY, HOUR } from '../../src/core/time.js'
import type { Reason } from '../../src/members/cards/decide.js'
import type { SeededStream } from './seeded-stream.js'

/** One attempt on a card; `viewer` is a person's number. */
export interface Attempt {
  readonly at: number
  readonly viewer: number
  readonly outcome: 'granted' | 'refused' | 'rejected'
  readonly reason: Reason | null
}

export interface Visitor {
  opens: number
  firstAt: number
  lastAt: number
  acknowledgedAt: number | null
}

/** What becomes of one card. */
export interface CardStory {
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  readonly attempts: readonly Attempt[]
  readonly visitors: ReadonlyMap<number, Visitor>
  readonly refused: number
}

const REJECTIONS: readonly Reason[] = [
  'proof_not_opened',
  'proof_of_another_share',
  'not_the_receiver',
  'proof_used',
]

/** @param openings how often it was tried @param viewer draws somebody who tries */
export const cardStory = (
  random: SeededStream,
  { createdAt, now }: { createdAt: number; now: number },
  openings: number,
  viewer: () => number,
): CardStory => {
  const expiresAt = random.chance(0.4)
    ? createdAt + Math.floor((1 + random.fraction() * 29) * DAY)
    : null
  const revokes = Math.floor(createdAt + random.wait(5 * DAY))
  const revokedAt =
    random.chance(0.15) && revokes < now && (expiresAt === null || revokes < expiresAt)
      ? revokes
      : null
  const attempts: Attempt[] = []
  const visitors = new Map<number, Visitor>()
  const times = Array.from({ length: openings }, () => {
    const at = createdAt + Math.min(HOUR / 60 + random.wait(DAY), 20 * DAY)
    return Math.floor(at < now ? at : createdAt + random.fraction() * (now - createdAt))
  }).sort((a, b) => a - b)
  for (const at of times) {
    const who = viewer()
    const [outcome, reason] = decide(random, at, expiresAt, revokedAt)
    attempts.push({ at, viewer: who, outcome, reason })
    if (outcome !== 'granted') continue
    const known = visitors.get(who)
    if (known) Object.assign(known, { opens: known.opens + 1, lastAt: at })
    else {
      const acknowledgedAt = random.chance(0.1) ? at + 20_000 : null
      visitors.set(who, { opens: 1, firstAt: at, lastAt: at, acknowledgedAt })
    }
  }
  const refused = attempts.filter(({ outcome }) => outcome !== 'granted').length
  return { expiresAt, revokedAt, attempts, visitors, refused }
}

const decide = (
  random: SeededStream,
  at: number,
  expiresAt: number | null,
  revokedAt: number | null,
): [Attempt['outcome'], Reason | null] => {
  if (random.chance(0.05)) return ['rejected', random.pick(REJECTIONS)]
  if (revokedAt !== null && at >= revokedAt) return ['refused', 'card_revoked']
  if (expiresAt !== null && at >= expiresAt) return ['refused', 'card_expired']
  return random.chance(0.02) ? ['refused', 'view_limit'] : ['granted', null]
}
