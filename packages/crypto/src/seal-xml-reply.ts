import type { CallbackConfig, CallbackKey } from './lib/callback-key.js'
import { sealReply, type ReplyOptions } from './seal-reply.js'

/**
 * `sealReply` in the XML envelope of an app or a suite.
 *
 * @param message the plaintext reply: XML.
 * @returns the response body.
 * @throws {TypeError} naming the argument that is not what it must be.
 * @see https://developer.work.weixin.qq.com/document/path/90930
 *
 * @example
 * response.type('xml').send(sealXmlReply(app, reply, { timestamp: clock.seconds(), nonce }))
 */
export const sealXmlReply = (
  bot: CallbackConfig | CallbackKey,
  message: string,
  options: ReplyOptions,
): string => {
  const { encrypt, msgsignature, timestamp, nonce } = sealReply(bot, message, options)
  if (nonce.includes(']]>')) throw new TypeError('nonce must not hold ]]>')
  return [
    '<xml>',
    `<Encrypt><![CDATA[${encrypt}]]></Encrypt>`,
    `<MsgSignature><![CDATA[${msgsignature}]]></MsgSignature>`,
    `<TimeStamp>${timestamp}</TimeStamp>`,
    `<Nonce><![CDATA[${nonce}]]></Nonce>`,
    '</xml>',
  ].join('\n')
}
