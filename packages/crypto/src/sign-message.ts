import { hash } from 'node:crypto'
import { textArgument } from './lib/argument.js'

/**
 * The platform's message signature: `hex(sha1(concat(sort(token, timestamp, nonce, encrypt))))`,
 * sorted by bytes. To verify one use `openCallback`, which compares in constant time and does not
 * trust the signature's missing separators.
 *
 * @returns 40 lower-case hex digits.
 * @throws {TypeError} when an argument is not a string.
 * @see https://developer.work.weixin.qq.com/document/path/90968
 *
 * @example
 * signMessage('QDG6eK', '1409659589', '263014780', encrypt)
 */
export const signMessage = (
  token: string,
  timestamp: string,
  nonce: string,
  encrypt: string,
): string => {
  const parts = Object.entries({ token, timestamp, nonce, encrypt })
  const bytes = parts.map(([name, value]) => Buffer.from(textArgument(value, name)))
  return hash('sha1', Buffer.concat(bytes.sort((a, b) => Buffer.compare(a, b))), 'hex')
}
