import { hash } from 'node:crypto'
import { filledTextArgument, textArgument } from './lib/argument.js'

/**
 * WeChat's signature of `rawData`: `hex(sha1(rawData + session_key))`, with the key as base64 text.
 *
 * @param rawData the string as the client got it, not parsed and serialised again.
 * @param sessionKey base64, as `jscode2session` answered it.
 * @returns 40 lower-case hex digits.
 * @throws {TypeError} when an argument is not a string, or `sessionKey` is empty.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 *
 * @example
 * signRawData('{"nickName":"Band"}', sessionKey)
 */
export const signRawData = (rawData: string, sessionKey: string): string =>
  hash(
    'sha1',
    textArgument(rawData, 'rawData') + filledTextArgument(sessionKey, 'sessionKey'),
    'hex',
  )
