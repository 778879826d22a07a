import { CryptoError, ERR_MEDIA_REJECTED } from './crypto-error.js'
import { bytesArgument } from './lib/argument.js'
import { decodeMediaKey, newDecipher } from './lib/callback-key.js'
import { paddingFault } from './lib/padding.js'

/**
 * Opens an image or file that a smart bot's callback linked to. Nothing authenticates the bytes:
 * fetch them from the platform over TLS only, and within 5 minutes.
 *
 * @param encodingAesKey the bot's own `EncodingAESKey`, 43 characters; or the key that came with the file, where one
 *   did (`aeskey`: seen in others' reports, not documented by the platform): 43 or 44 characters of base64 or
 *   base64url, or 64 hex digits. A callback's key stays 43 characters: see `createCallbackKey`.
 * @param bytes the downloaded body, up to 100 MB; not altered.
 * @returns the file.
 * @throws {CryptoError} `ERR_MEDIA_REJECTED` when the length or the padding is wrong.
 * @throws {TypeError} when `encodingAesKey` or `bytes` is not what it must be.
 * @see https://developer.work.weixin.qq.com/document/path/100719
 *
 * @example
 * const image = openMedia(encodingAesKey, new Uint8Array(await response.arrayBuffer()))
 */
export const openMedia = (encodingAesKey: string, bytes: Uint8Array): Uint8Array => {
  const key = decodeMediaKey(encodingAesKey)
  const sealed = bytesArgument(bytes, 'bytes')
  // WeCom 100719: PKCS#7 to a multiple of 32
  const whole = sealed.length >= 32 && sealed.length % 32 === 0
  const plain = newDecipher(key).update(whole ? sealed : new Uint8Array(32))
  key.fill(0)
  if (paddingFault(plain, 32) !== 0 || !whole) throw new CryptoError(ERR_MEDIA_REJECTED)
  return plain.subarray(0, plain.length - plain[plain.length - 1]!)
}
