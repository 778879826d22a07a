import type { CardRules, Policy } from '@sealcard/protocol'
import { inputError } from '../../core/errors/api-error.js'
import { DAY, MINUTE, wireTime } from '../../core/time.js'

/** A client counts the longest life from its own clock: a little more is cut off rather than refused. */
const CLOCKS_APART_MS = 10 * MINUTE

/**
 * A new card's policy as the company allows it: what is forced is set, what was left open gets the limit.
 * @param now milliseconds UTC @throws ApiError ERR_INPUT naming the field that asks for more than is allowed
 */
export const underRules = (rules: CardRules, asked: Policy, now: number): Policy => {
  const expiresAt = latestEnd(rules, asked, now)
  const maxViewers = limit('maxViewers', rules.maxViewers, asked.maxViewers)
  const maxOpensPerViewer = limit(
    'maxOpensPerViewer',
    rules.maxOpensPerViewer,
    asked.maxOpensPerViewer,
  )
  return {
    ...asked,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(maxViewers !== undefined && { maxViewers }),
    ...(maxOpensPerViewer !== undefined && { maxOpensPerViewer }),
    ...(rules.watermark && { watermark: true }),
  }
}

const latestEnd = ({ maxLifeDays }: CardRules, { expiresAt }: Policy, now: number) => {
  if (maxLifeDays === undefined) return expiresAt
  const latest = now + maxLifeDays * DAY
  if (expiresAt === undefined) return wireTime(latest)
  const asked = Date.parse(expiresAt)
  if (asked <= latest) return expiresAt
  if (asked <= latest + CLOCKS_APART_MS) return wireTime(latest)
  const days = maxLifeDays === 1 ? '1 day' : `${maxLifeDays} days`
  throw inputError('policy.expiresAt', `the company's policy allows at most ${days}`)
}

const limit = (field: string, most: number | undefined, asked: number | undefined) => {
  if (most === undefined || asked === undefined) return asked ?? most
  if (asked > most)
    throw inputError(`policy.${field}`, `the company's policy allows at most ${most}`)
  return asked
}
