import { POSTGRES_LIMITS } from '../../core/config/postgres-url.js'

/** The driver takes them for `verify-full`, and warns at every start that another version will not. */
const CHECKED = /^(prefer|require|verify-ca)$/

/**
 * The URL as the driver gets it: without the limits, which are set otherwise, and with the word for what an `sslmode`
 * means here. With `uselibpqcompat=true` the words mean what they mean to libpq, and stay.
 */
export const urlForDriver = (text: string): string => {
  const url = new URL(text)
  const options = url.searchParams
  const changed =
    options.get('uselibpqcompat') !== 'true' && CHECKED.test(options.get('sslmode') ?? '')
  if (!changed && !POSTGRES_LIMITS.some((name) => options.has(name))) return text
  if (changed) options.set('sslmode', 'verify-full')
  for (const name of POSTGRES_LIMITS) options.delete(name)
  return url.href
}
