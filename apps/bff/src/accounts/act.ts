import type { Fact } from '../audit/fact.js'
import type { AdminPrincipal } from '../http/access/principals.js'

/** Of an audit entry's `reason`, in characters. */
const MAX_REASON = 255

/**
 * What would begin another line, colour a terminal, or turn the direction of the text around it: whoever reads the
 * audit in a log or a terminal reads one line per entry, as it was written.
 */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** One line of at most 255 characters. */
export const oneLine = (text: string): string =>
  [...text.toWellFormed().replace(UNPRINTABLE, '\ufffd')].slice(0, MAX_REASON).join('')

/** From where, and why. */
export const reasonFrom = (address: string, why = ''): string =>
  oneLine(`address=${address}${why && ` ${why}`}`)

/** What an administrator did, as the audit keeps it: who, from where, what, to what, why. */
export const act = (
  { actor, address }: Pick<AdminPrincipal, 'actor' | 'address'>,
  {
    why,
    ...fact
  }: Pick<Fact, 'kind' | 'subject'> & { decision?: string; why?: string | undefined },
): Fact => ({ decision: 'done', ...fact, actor, reason: reasonFrom(address, why) })
