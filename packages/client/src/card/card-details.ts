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
    ...(n === undefined ? [] : [n > 0 ? t('list.viewers', { n }) : t('list.nobody')]),
    t('list.sent-at', { time: formatTime(card.createdAt) }),
  ]
}
