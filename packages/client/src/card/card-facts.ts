import type { Card, Policy } from '@sealcard/protocol'
import { formatTime } from '../words/format-time.js'
import type { Translate } from '../words/translate.js'

/** What an owner's page says of a card below its words, one sentence each. */
export const cardFacts = (card: Card, t: Translate): string[] => [
  t('card.created', { time: formatTime(card.createdAt) }),
  ...(card.revokedAt ? [`${t('card.revoked-at')} ${formatTime(card.revokedAt)}`] : []),
  ...policyFacts(card.policy, t),
]

const policyFacts = (policy: Policy, t: Translate): string[] => [
  ...(policy.expiresAt ? [`${t('card.expires')} ${formatTime(policy.expiresAt)}`] : []),
  ...(policy.maxViewers ? [t('policy.max-viewers', { n: policy.maxViewers })] : []),
  ...(policy.maxOpensPerViewer ? [t('policy.max-opens', { n: policy.maxOpensPerViewer })] : []),
  ...(policy.requireAcknowledgement ? [t('policy.acknowledge')] : []),
  ...(policy.watermark ? [t('policy.watermark')] : []),
  ...(policy.guardCapture ? [t('policy.guard')] : []),
]
