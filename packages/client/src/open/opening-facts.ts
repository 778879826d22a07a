import type { Peek } from '@sealcard/kit'
import type { Opening } from '@sealcard/protocol'
import { viewerLabel } from '../card/viewer-label.js'
import { formatTime } from '../words/format-time.js'
import type { Translate } from '../words/translate.js'

/** The question before a card with few openings is opened. */
export const openQuestion = ({ opensLeft }: Pick<Peek, 'opensLeft'>, t: Translate): string => {
  if (opensLeft === undefined) return t('open.ask')
  if (opensLeft === 0) return t('open.ask-none')
  return opensLeft === 1 ? t('open.ask-once') : t('open.ask-times', { n: opensLeft })
}

/**
 * What a recipient should know before they open a card, one sentence each.
 *
 * @param guarded what holds here for a card that is guarded against screenshots
 */
export const peekFacts = (peek: Peek, t: Translate, guarded = t('open.guarded')): string[] => [
  t('name.sender', { who: viewerLabel(peek.sender, t) }),
  t('open.until', { time: formatTime(peek.expiresAt) }),
  t('open.will-record'),
  ...(peek.requireAcknowledgement ? [t('open.will-acknowledge')] : []),
  ...(peek.watermark ? [t('open.will-watermark')] : []),
  ...(peek.guardCapture ? [guarded] : []),
]

/** What a reader should know below the words. An older service names no end. @param guarded as for `peekFacts` */
export const openingFacts = (
  opening: Opening,
  t: Translate,
  guarded = t('open.guarded'),
): string[] => {
  const { openedAt, opensLeft, card } = opening
  const { expiresAt } = opening as Partial<Opening>
  return [
    t('open.opened-at', { time: formatTime(openedAt) }),
    ...(expiresAt ? [t('open.until', { time: formatTime(expiresAt) })] : []),
    ...(opensLeft === undefined
      ? []
      : [opensLeft > 0 ? t('open.left', { n: opensLeft }) : t('open.left-none')]),
    t('open.recorded'),
    ...(opening.watermark === undefined ? [] : [t('open.watermark-is')]),
    ...(card.policy.guardCapture ? [guarded] : []),
    ...(card.policy.allowCopy ? [t('open.copy')] : []),
  ]
}
