import { hash } from 'node:crypto'

/** SHA-256 of UTF-8 text or bytes; `hex` (64 characters) or `base64url` (43 characters). */
export const sha256 = (input: string | Uint8Array, encoding: 'hex' | 'base64url' = 'hex'): string =>
  hash('sha256', input, encoding)
