import type { PlainPhrase } from '../words/translate.js'

/** What the service records about a person; `docs/generated/tables.md` is the whole list. */
export const RECORDED: readonly PlainPhrase[] = [
  'recorded.identity',
  'recorded.session',
  'recorded.cards',
  'recorded.shares',
  'recorded.openings',
  'recorded.refused',
  'recorded.requests',
  'recorded.notices',
  'recorded.bot',
  'recorded.audit',
  'recorded.not',
]

/** What SECURITY.md promises. */
export const PROTECTED: readonly PlainPhrase[] = [
  'protection.recipients',
  'protection.sealed',
  'protection.revoke',
  'protection.closed',
]

/** What SECURITY.md says that it does not protect from. */
export const NOT_PROTECTED: readonly PlainPhrase[] = [
  'protection.photo',
  'protection.screenshot',
  'protection.unlocked',
  'protection.chat-title',
  'protection.platform',
  'protection.operator',
  'protection.read',
]
