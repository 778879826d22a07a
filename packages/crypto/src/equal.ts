import { hash, timingSafeEqual } from 'node:crypto'

/**
 * Whether two secrets are equal. Text is compared as UTF-8.
 * Compares digests of equal length, so that neither content nor length shows in the time taken.
 *
 * @example
 * if (!equal(given, expected)) throw new Error('refused')
 */
export const equal = (a: string | Uint8Array, b: string | Uint8Array): boolean =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'))
