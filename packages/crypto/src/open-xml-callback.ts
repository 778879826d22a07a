import { readFlatXml } from './lib/xml.js'
import type { Freshness } from './lib/freshness.js'
import type { CallbackKeys } from './lib/callback-key.js'
import { openCallback, type OpenedCallback } from './open-callback.js'

/** An app's or a suite's callback as it arrived, all of it unproven. */
export interface XmlCallbackInput {
  /** `msg_signature`: 40 lower-case hex digits. */
  readonly msgSignature: string
  /** Unix seconds, 10 digits. */
  readonly timestamp: string
  /** 1 to 64 visible ASCII characters. */
  readonly nonce: string
  /** The request body: `<xml>` with one `<Encrypt>`. */
  readonly body: string
}

/**
 * `openCallback` for the XML envelope. The reader runs before the signature check. So it supports
 * no entity, no DTD, no attribute and no nesting.
 *
 * @returns the inner XML, as the platform wrote it, and the replay key.
 * @throws {CryptoError} `ERR_CALLBACK_REJECTED`, for every cause.
 * @throws {TypeError} when the configuration, `now` or `tolerance` is not what it must be.
 * @see https://developer.work.weixin.qq.com/document/path/90930
 *
 * @example
 * const { message } = openXmlCallback(app, { msgSignature, timestamp, nonce, body }, { now })
 */
export const openXmlCallback = (
  bot: CallbackKeys,
  input: XmlCallbackInput,
  options: Freshness,
): OpenedCallback => {
  const { msgSignature, timestamp, nonce, body } = input ?? {}
  const encrypt = typeof body === 'string' ? readFlatXml(body)?.get('Encrypt') : undefined
  return openCallback(bot, { msgSignature, timestamp, nonce, encrypt: encrypt ?? '' }, options)
}
