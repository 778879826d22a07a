import type { Reader } from '@sealcard/kit'
import type { Card } from '@sealcard/protocol'

/** Whether the card was opened since, or its state or rules changed. @param shown null: nothing is shown yet */
export const hasNews = (shown: Card | null, card: Card): boolean =>
  tracesOf(shown) !== tracesOf(card)

/** Whether a reader has still to acknowledge. The card's counts do not change with an acknowledgement. */
export const awaitsAcknowledgement = (card: Card | null, readers: readonly Reader[]): boolean =>
  card?.policy.requireAcknowledgement === true &&
  readers.some(({ acknowledgedAt }) => acknowledgedAt === undefined)

const tracesOf = (card: Card | null) => JSON.stringify([card?.openings, card?.status, card?.policy])
