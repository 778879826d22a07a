import type { Fact } from '../audit/audit.entities.js'
import { printable } from '../core/text.js'
import type { AdminPrincipal } from '../http/access/principals.js'

/** Of an audit entry's `reason`, in characters. */
const MAX_REASON = 255

/** From where, and why. */
export const reasonFrom = (address: string, why = ''): string =>
  printable(`address=${address}${why && ` ${why}`}`, MAX_REASON)

/** What an administrator did, as the audit keeps it: who, from where, what, to what, why. */
export const adminAuditEntry = (
  { actor, address }: Pick<AdminPrincipal, 'actor' | 'address'>,
  {
    why,
    ...fact
  }: Pick<Fact, 'kind' | 'subject'> & { decision?: string; why?: string | undefined },
): Fact => ({ decision: 'done', ...fact, actor, reason: reasonFrom(address, why) })

/** Stands where the name was. */
const WITHOUT = '(name)'

/** A shorter name is a part of ordinary words, and to take it out of them would tell it. */
const SHORT = 5

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

const nameIn = (name: string): RegExp => {
  const [before, behind] =
    name.length < SHORT ? [String.raw`(?<![\w])`, String.raw`(?![\w])`] : ['', '']
  return new RegExp(`${before}${escaped(name)}${behind}`, 'giu')
}

/**
 * A reason without the person's name, in any case: the audit keeps it when the person is erased. No answer says whether
 * the name was there, because that would say who the person is.
 * @param name the openid or userid
 */
export const withoutName = (reason: string, name: string): string =>
  reason.replace(nameIn(name), WITHOUT)

/** For a caller who gave the name themselves. */
export const hasName = (reason: string, name: string): boolean => nameIn(name).test(reason)
