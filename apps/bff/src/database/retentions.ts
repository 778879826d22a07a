import { HOUR } from '../core/time.js'

/** How long a value stays. A new word needs a rule of `@DataPolicy` at its table and a row in `README.md`. */
export const retentions = {
  service: 'as long as the service runs; nothing about a person',
  token: 'until the access token is replaced, or ends',
  session: '3 days from the login',
  sessionKey:
    'a key: until replaced, and 5 minutes more as the previous one; at most 3 days from the last login',
  content: 'within 24 hours of expiry or revocation',
  card: '180 days from expiry or revocation, and at least 3 days',
  declared: 'until the share window closes',
  share: '30 days after the verify window closed',
  opening: '180 days',
  roster:
    '180 days from the last opening, and while the card can be opened: the limits count on it',
  proof:
    '31 days after the verify window closed: longer than its share, without which none is accepted',
  idempotency: '48 hours',
  chat: 'within 24 hours of the message; 48 hours while it is still to be worked on',
  viewer: 'until the person is erased',
  adminAccount: 'while the account is enabled, and 180 days after it was disabled',
  adminSession: '12 hours from the login',
  automationToken: '180 days from its end or revocation',
  adminSetup: 'until it ends: 1 hour for the first account, 72 hours for others',
  adminLane: '24 hours from the last attempt',
  audit: 'as long as the service runs; our own ids, which lead to nobody once the person is erased',
} as const

export type Retention = keyof typeof retentions

/** These words have no rule: age does not end such a value. */
export const ageless: readonly Retention[] = ['service', 'viewer', 'audit']

/** Half of the promised 24 hours. A service that stands still for hours keeps the promise. */
export const WITHIN_A_DAY = 12 * HOUR
