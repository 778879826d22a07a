import { hash } from 'node:crypto'

// Hashing bytes that lie ready is faster than flattening and encoding a joined string.
const scratch = Buffer.alloc(16_384)

/**
 * WeCom 90968: `hex(sha1(concat(sort(token, timestamp, nonce, encrypt))))`. For ASCII only, where
 * UTF-16 order is byte order. A network of five comparisons, not an array.
 */
export const signAscii = (
  token: string,
  timestamp: string,
  nonce: string,
  encrypt: string,
): string => {
  let a = token
  let b = timestamp
  let c = nonce
  let d = encrypt
  if (a > b) [a, b] = [b, a]
  if (c > d) [c, d] = [d, c]
  if (a > c) [a, c] = [c, a]
  if (b > d) [b, d] = [d, b]
  if (b > c) [b, c] = [c, b]
  if (a.length + b.length + c.length + d.length > scratch.length) {
    return hash('sha1', a + b + c + d, 'hex')
  }
  let size = scratch.write(a, 0, 'latin1')
  size += scratch.write(b, size, 'latin1')
  size += scratch.write(c, size, 'latin1')
  size += scratch.write(d, size, 'latin1')
  return hash('sha1', scratch.subarray(0, size), 'hex')
}
