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

/** The one date that counts: the earlier of the card's end and the share's. */
const endOf = ({ policy, status }: Card, verifyUntil: string | null, t: Translate): string[] => {
  if (status === 'revoked') return []
  if (status === 'expired') {
    return policy.expiresAt ? [t('card.expired-at', { time: formatTime(policy.expiresAt) })] : []
  }
  const [first] = [policy.expiresAt, verifyUntil ?? undefined]
    .filter((end) => end !== undefined)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
  return first === undefined ? [] : [t('card.until', { time: formatTime(first) })]
}

const policyFacts = (policy: Policy, t: Translate): string[] => [
  ...(policy.maxViewers ? [t('policy.max-viewers', { n: policy.maxViewers })] : []),
  ...(policy.maxOpensPerViewer ? [t('policy.max-opens', { n: policy.maxOpensPerViewer })] : []),
  ...(policy.requireAcknowledgement ? [t('policy.acknowledge')] : []),
  ...(policy.watermark ? [t('policy.watermark')] : []),
  ...(policy.guardCapture ? [t('policy.guard')] : []),
]
