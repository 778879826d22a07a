import { hash } from 'node:crypto'

/**
 * WeCom 90968: `hex(sha1(concat(sort(token, timestamp, nonce, encrypt))))`. Sorts ASCII, for which
 * UTF-16 order is byte order; a network of five comparisons, not an array.
 */
export const signAscii = (token: string, timestamp: string, nonce: string, encrypt: string) => {
  let [a, b, c, d] = [token, timestamp, nonce, encrypt]
  if (a > b) [a, b] = [b, a]
  if (c > d) [c, d] = [d, c]
  if (a > c) [a, c] = [c, a]
  if (b > d) [b, d] = [d, b]
  if (b > c) [b, c] = [c, b]
  return hash('sha1', a + b + c + d, 'hex')
}
