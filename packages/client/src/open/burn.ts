import type { Opening } from '@sealcard/protocol'
import { count } from '../write/draft.js'

const LEAST_MS = 60_000
/** Five characters a second: slower than most people read. */
const CHARACTER_MS = 200

/** How long the words of a card that burns after reading stay on the screen, ms; null: it does not burn. */
export const burnsAfter = ({ card }: Pick<Opening, 'card'>): number | null =>
  card.policy.maxOpensPerViewer === 1 ? LEAST_MS + count(card.body) * CHARACTER_MS : null

/** `1:05` @param ms what is left, rounded up to a second */
export const minutes = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
