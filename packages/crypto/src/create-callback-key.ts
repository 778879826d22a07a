import { CallbackKey, type CallbackConfig } from './lib/callback-key.js'

/**
 * Checks a callback configuration and derives its keys once. The handle goes wherever a plain
 * configuration goes, and shows no secret when it is logged, serialised or inspected.
 *
 * @param config `token`, `encodingAesKey` (43 characters) and `receiveId` (corpid, suiteid, or `''`
 *   for a smart bot).
 * @throws {TypeError} naming the field that is not what it must be.
 * @see https://developer.work.weixin.qq.com/document/path/90968
 *
 * @example
 * const bot = createCallbackKey({ token, encodingAesKey, receiveId: '' })
 */
export const createCallbackKey = (config: CallbackConfig): CallbackKey => new CallbackKey(config)
