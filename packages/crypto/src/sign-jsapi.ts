import { hash } from 'node:crypto'
import { filledTextArgument, objectArgument, secondsArgument } from './lib/argument.js'

/** What a page's JS-SDK signature covers. */
export interface JsapiInput {
  /** `jsapi_ticket` of the corp or of the application. */
  readonly ticket: string
  readonly nonceStr: string
  /** Unix time in seconds. */
  readonly timestamp: number
  /** The page's address up to, and without, `#`. */
  readonly url: string
}

/**
 * The JS-SDK signature of a page, for `config` and `agentConfig`.
 *
 * @returns 40 lower-case hex digits.
 * @throws {TypeError} naming the field; also for a `url` with a `#`, which never verifies.
 * @see https://developer.work.weixin.qq.com/document/path/90506
 *
 * @example
 * signJsapi({ ticket, nonceStr: 'Wm3WZYTPz0wzccnW', timestamp: 1414587457, url: page.href })
 */
export const signJsapi = (input: JsapiInput): string => {
  const { ticket, nonceStr, timestamp, url } = objectArgument(input, 'input')
  const text = [
    `jsapi_ticket=${filledTextArgument(ticket, 'ticket')}`,
    `noncestr=${filledTextArgument(nonceStr, 'nonceStr')}`,
    `timestamp=${secondsArgument(timestamp, 'timestamp')}`,
    `url=${filledTextArgument(url, 'url')}`,
  ].join('&')
  if (url.includes('#')) throw new TypeError('url must not hold a fragment')
  return hash('sha1', text, 'hex')
}
