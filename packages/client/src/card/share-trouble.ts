import type { DeclareState } from '@sealcard/kit'
import type { PlainPhrase, Translate } from '../words/translate.js'

type Failed = DeclareState & { step: 'failed' }

/** Why a card cannot be shared now. */
export const shareTrouble = (state: Failed, t: Translate): string => {
  const wait =
    state.retryAfter === null ? '' : ` ${t('common.retry-after', { n: state.retryAfter })}`
  return `${t(REASONS[state.reason])}${wait}`
}

const REASONS: Record<Failed['reason'], PlainPhrase> = {
  'client-too-old': 'card.fail-client-too-old',
  desktop: 'card.fail-desktop',
  'not-wecom': 'card.fail-not-wecom',
  platform: 'card.fail-platform',
  setup: 'card.fail-setup',
  revoked: 'card.fail-revoked',
  expired: 'card.fail-expired',
  'not-found': 'error.not-found',
  'rate-limited': 'error.rate',
  unreachable: 'error.unreachable',
}
