/**
 * WeChat's and WeCom's open-data and callback cryptography, strictly.
 *
 * @module
 */
export {
  CryptoError,
  ERR_CALLBACK_REJECTED,
  ERR_ENVELOPE_KEY_UNKNOWN,
  ERR_ENVELOPE_REJECTED,
  ERR_MEDIA_REJECTED,
  ERR_PROOF_REJECTED,
  type CryptoErrorCode,
} from './crypto-error.js'
export { createCallbackKey } from './create-callback-key.js'
export { createKeyring, type KeyringConfig } from './create-keyring.js'
export {
  deriveTicketKey,
  ticketKeyDerivations,
  type TicketKeyDerivation,
} from './derive-ticket-key.js'
export { envelopeKeyId } from './envelope-key-id.js'
export { equal } from './equal.js'
export type { CallbackConfig, CallbackKey, CallbackKeys } from './lib/callback-key.js'
export type { Freshness } from './lib/freshness.js'
export type { Keyring } from './lib/keyring.js'
export type { ProofInput } from './lib/open-proof.js'
export type { ByteRange } from './lib/text-at.js'
export type { RandomSource } from './lib/random.js'
export { judgeCallback, type CallbackFault } from './judge-callback.js'
export { openActivityId } from './open-activity-id.js'
export { openCallback, type CallbackInput, type OpenedCallback } from './open-callback.js'
export { openData, type OpenDataOptions } from './open-data.js'
export { openMedia } from './open-media.js'
export { openShareInfo, type ShareInfo } from './open-share-info.js'
export { openXmlCallback, type XmlCallbackInput } from './open-xml-callback.js'
export { rewrap } from './rewrap.js'
export { seal, type SealOptions } from './seal.js'
export { sealReply, type ReplyOptions, type SealedReply } from './seal-reply.js'
export { sealXmlReply } from './seal-xml-reply.js'
export { signJsapi, type JsapiInput } from './sign-jsapi.js'
export { signMessage } from './sign-message.js'
export { signRawData } from './sign-raw-data.js'
export { skipFreshness } from './skip-freshness.js'
export { unseal } from './unseal.js'
