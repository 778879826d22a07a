import { hash, timingSafeEqual } from 'node:crypto'

/** As hex: Node takes twice as long to make a buffer of the digest. */
const digest = (value: string | Uint8Array): Buffer => Buffer.from(hash('sha256', value, 'hex'))

/**
 * Whether two secrets are equal. Text is compared as UTF-8.
 * Compares digests of equal length, so that neither content nor length shows in the time taken.
 *
 * @example
 * if (!equal(given, expected)) throw new Error('refused')
 */
export const equal = (a: string | Uint8Array, b: string | Uint8Array): boolean =>
  timingSafeEqual(digest(a), digest(b))
