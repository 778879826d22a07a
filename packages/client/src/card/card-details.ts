import type { CardSummary } from '@sealcard/protocol'
import { formatTime } from '../words/format-time.js'
import type { Translate } from '../words/translate.js'
import { viewerLabel } from './viewer-label.js'

export type Box = 'sent' | 'received'

/** What a list says of a card below its title. @param more.shared this phone shared it lately */
export const cardDetails = (
  box: Box,
  card: CardSummary,
  t: Translate,
  { shared = false }: { shared?: boolean } = {},
): string[] => {
  if (box === 'received') {
    return receivedDetails(card, t)
  }
  const n = card.openings?.viewers
  return [
    ...(shared && !n ? [t('list.shared')] : []),
    ...(n === undefined ? [] : [readersOf(card, n, t)]),
    t('list.sent-at', { time: formatTime(card.createdAt) }),
    ...(card.status === 'active' && card.expiresAt
      ? [t('card.until', { time: formatTime(card.expiresAt) })]
      : []),
  ]
}

/** What its reader was told when they opened it. An older service names only when that was. */
const receivedDetails = (card: CardSummary, t: Translate): string[] => {
  const { sender, openedAt, expiresAt, opensLeft, acknowledgedAt, status } = card
  return [
    ...(sender ? [t('name.sender', { who: viewerLabel(sender, t) })] : []),
    ...(openedAt ? [t('list.opened-at', { time: formatTime(openedAt) })] : []),
    ...(acknowledgedAt ? [t('card.acknowledged', { time: formatTime(acknowledgedAt) })] : []),
    ...(status === 'active' ? stillOpen(expiresAt, opensLeft, t) : []),
  ]
}

const stillOpen = (
  expiresAt: string | undefined,
  opensLeft: number | undefined,
  t: Translate,
): string[] => {
  if (opensLeft === 0) return [t('open.ask-none')]
  return [
    ...(expiresAt ? [t('open.until', { time: formatTime(expiresAt) })] : []),
    ...(opensLeft === undefined ? [] : [t('open.left', { n: opensLeft })]),
  ]
}

/** Nobody can have read what was not shared. The service knows that it was prepared for that, and not that it left. */
const readersOf = ({ shared }: CardSummary, n: number, t: Translate): string => {
  if (n > 0) return t('list.viewers', { n })
  return t(shared === false ? 'list.not-shared' : 'list.nobody')
}
