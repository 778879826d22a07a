const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

/**
 * An `Idempotency-Key`. It has to be new, not secret: it only ever meets the keys of the same person. The base
 * libraries' secure source is asynchronous and missing in older ones.
 */
export const randomKey = (): string => {
  const letters = Array.from({ length: 24 }, () => ALPHABET[Math.floor(Math.random() * 36)])
  return `${Date.now().toString(36)}-${letters.join('')}`
}
