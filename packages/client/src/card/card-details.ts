import type { CardSummary } from '@sealcard/protocol'
import { formatTime } from '../words/format-time.js'
import type { Translate } from '../words/translate.js'

export type Box = 'sent' | 'received'

/** What a list says of a card below its title. @param more.shared this phone shared it lately */
export const cardDetails = (
  box: Box,
  card: CardSummary,
  t: Translate,
  { shared = false }: { shared?: boolean } = {},
): string[] => {
  if (box === 'received') {
    return card.openedAt ? [t('list.opened-at', { time: formatTime(card.openedAt) })] : []
  }
  const n = card.openings?.viewers
  return [
    ...(shared && !n ? [t('list.shared')] : []),
    ...(n === undefined ? [] : [readersOf(card, n, t)]),
    t('list.sent-at', { time: formatTime(card.createdAt) }),
  ]
}

/** Nobody can have read what was not shared. The service knows that it was prepared for that, and not that it left. */
const readersOf = ({ shared }: CardSummary, n: number, t: Translate): string => {
  if (n > 0) return t('list.viewers', { n })
  return t(shared === false ? 'list.not-shared' : 'list.nobody')
}
