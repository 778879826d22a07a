import { createHash, timingSafeEqual } from 'node:crypto'

/** SHA-256 of UTF-8 text or bytes; `hex` (64 characters) or `base64url` (43 characters). */
export const sha256 = (input: string | Uint8Array, encoding: 'hex' | 'base64url' = 'hex'): string =>
  createHash('sha256').update(input).digest(encoding)

/**
 * Whether two strings are equal, whole, in a time that tells nothing about where they differ.
 * Both are hashed first, so inputs of any length take the same path.
 */
export const equalDigest = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())

export const sameText = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
