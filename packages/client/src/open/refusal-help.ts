import type { RefusalKind } from '@sealcard/kit'
import type { PlainPhrase } from '../words/translate.js'

export interface Help {
  steps: readonly PlainPhrase[]
  /** Whether trying again from here can change anything. */
  retry: boolean
}

/**
 * What an honest recipient can do about a refusal. For `not-recipient` it is one fixed list, the same for everyone:
 * it must not hint whether the card exists.
 */
export const helpFor = (kind: RefusalKind): Help => HELP[kind]

const HELP: Record<RefusalKind, Help> = {
  'not-recipient': {
    steps: ['help.tap-card', 'help.account', 'help.group', 'help.same-client', 'help.from-phone'],
    retry: true,
  },
  'no-ticket': {
    steps: [
      'help.tap-card',
      'help.not-recent',
      'help.wecom-customer',
      'help.from-phone',
      'help.own',
    ],
    retry: false,
  },
  revoked: { steps: ['help.ask-sender'], retry: false },
  expired: { steps: ['help.ask-sender'], retry: false },
  'window-closed': { steps: ['help.ask-sender'], retry: false },
  'opens-used': { steps: ['help.ask-sender'], retry: false },
  'places-taken': { steps: ['help.ask-sender'], retry: false },
  'view-limit': { steps: ['help.ask-sender'], retry: false },
  'rate-limited': { steps: [], retry: true },
  unreachable: { steps: ['help.network'], retry: true },
  unsupported: { steps: ['help.update'], retry: false },
  setup: { steps: ['help.company', 'help.administrator'], retry: true },
}
