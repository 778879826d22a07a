import type { Card } from '@sealcard/protocol'

const HOUR = 60 * 60 * 1000

/** By how much one tap extends a card: hours. */
export const EXTENSIONS = { day: 24, week: 7 * 24 } as const
export type Extension = keyof typeof EXTENSIONS

/** A card without an end needs no extension; one that was revoked gets none. */
export const canExtend = ({ status, policy }: Card): boolean =>
  status !== 'revoked' && policy.expiresAt !== undefined

/** The new end: counted from the end, or from now where that is over. RFC 3339. */
export const extendedBy = (card: Card, by: Extension, now: number): string =>
  new Date(endOrNow(card, now) + EXTENSIONS[by] * HOUR).toISOString()

/**
 * The last second of a day on this phone; null: no day, one that is over, or one that is no later than the card's end.
 *
 * @param day `2026-01-31`
 */
export const extendedTo = (card: Card, day: string, now: number): string | null => {
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (y === undefined) return null
  const end = new Date(Number(y), Number(m) - 1, Number(d), 23, 59, 59)
  return end.getTime() > endOrNow(card, now) ? end.toISOString() : null
}

/** The first day on this phone that a card may be extended to, as a field for dates has it: `2026-01-31`. */
export const firstDay = (card: Card, now: number): string => {
  const at = new Date(endOrNow(card, now))
  const two = (n: number) => String(n).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The end, or now where that is over. Milliseconds UTC. */
const endOrNow = ({ policy }: Card, now: number): number =>
  Math.max(now, Date.parse(policy.expiresAt ?? '') || now)
