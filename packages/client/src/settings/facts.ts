import type { PlainPhrase, Translate } from '../words/translate.js'

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

/**
 * What SECURITY.md says that it does not protect from.
 *
 * @param here what holds in this client of screenshots, and of a card's title in a chat
 */
export const notProtected = (
  t: Translate,
  here: { screenshot: string; chatTitle: string },
): string[] => [
  t('protection.photo'),
  here.screenshot,
  t('protection.unlocked'),
  here.chatTitle,
  t('protection.platform'),
  t('protection.operator'),
  t('protection.read'),
]
