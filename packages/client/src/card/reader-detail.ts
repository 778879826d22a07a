import type { Card, ViewerOpenings } from '@sealcard/protocol'
import { formatTime } from '../words/format-time.js'
import type { Translate } from '../words/translate.js'

/** When a reader opened the card, and whether they acknowledged it: one line each. */
export const readerDetail = (reader: ViewerOpenings, card: Card, t: Translate): string => {
  const times = [
    t('card.reader-first', { time: formatTime(reader.firstAt) }),
    ...(reader.count > 1 ? [t('card.reader-last', { time: formatTime(reader.lastAt) })] : []),
  ]
  const acknowledged = reader.acknowledgedAt
    ? [`✓ ${t('card.acknowledged', { time: formatTime(reader.acknowledgedAt) })}`]
    : card.policy.requireAcknowledgement
      ? [t('card.not-acknowledged')]
      : []
  return [...times, ...acknowledged].join('\n')
}
