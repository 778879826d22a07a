import type { Card, Policy } from '@sealcard/protocol'
import { formatTime } from '../words/format-time.js'
import type { Translate } from '../words/translate.js'

/**
 * What an owner's page says of a card below its words, one sentence each.
 *
 * @param verifyUntil until when the platform vouches for what is shared now; null: nothing is shared
 */
export const cardFacts = (card: Card, verifyUntil: string | null, t: Translate): string[] => [
  t('card.created', { time: formatTime(card.createdAt) }),
  ...(card.revokedAt ? [`${t('card.revoked-at')} ${formatTime(card.revokedAt)}`] : []),
  ...endOf(card, verifyUntil, t),
  ...policyFacts(card.policy, t),
]

/** The one date that counts. */
const endOf = (card: Card, verifyUntil: string | null, t: Translate): string[] => {
  const { policy, status } = card
  if (status === 'revoked') return []
  if (status === 'expired') {
    return policy.expiresAt ? [t('card.expired-at', { time: formatTime(policy.expiresAt) })] : []
  }
  const until = readableUntil(card, verifyUntil)
  return until === undefined ? [] : [t('card.until', { time: formatTime(until) })]
}

/**
 * The later of what the service says of all shares, and of the share on this page: that one may be newer than the
 * answer. A share ends no later than its card.
 */
const readableUntil = (
  { policy, readableUntil: ofAll, shares }: Card,
  verifyUntil: string | null,
): string | undefined => {
  if (verifyUntil === null) return shares ? ofAll : policy.expiresAt
  const [ofThis] = sorted([policy.expiresAt, verifyUntil])
  return shares?.length ? sorted([ofAll, ofThis]).pop() : ofThis
}

const sorted = (times: readonly (string | undefined)[]): string[] =>
  times.filter((time) => time !== undefined).sort((a, b) => Date.parse(a) - Date.parse(b))

const policyFacts = (policy: Policy, t: Translate): string[] => [
  ...(policy.maxViewers ? [t('policy.max-viewers', { n: policy.maxViewers })] : []),
  ...(policy.maxOpensPerViewer ? [t('policy.max-opens', { n: policy.maxOpensPerViewer })] : []),
  ...(policy.requireAcknowledgement ? [t('policy.acknowledge')] : []),
  ...(policy.watermark ? [t('policy.watermark')] : []),
  ...(policy.allowCopy ? [t('policy.copy')] : []),
  ...(policy.guardCapture ? [t('policy.guard')] : []),
]
