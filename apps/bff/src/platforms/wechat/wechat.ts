import { openActivityId } from '@sealcard/crypto'
import type { Platform } from '../registry/platform.js'
import { wechatErrcodes } from './errcodes.js'
import { type WechatAppConfig, wechatAppKeys } from './wechat-app.js'
import { WechatClient } from './wechat-client.js'
import { WechatTokenSource } from './wechat-token-source.js'

/** WeChat mini-programs. */
export const wechat: Platform<WechatAppConfig> = {
  name: 'wechat',
  title: 'WeChat',
  officialApiBase: 'https://api.weixin.qq.com',
  appKeys: wechatAppKeys,
  errcodes: wechatErrcodes,

  // A proof is the bare activityId, under the session key of the person who opened the card.
  provesReceiver: false,

  // Openids differ by case.
  comparable: (viewerKey) => viewerKey,
  declaration: (activityId) => ({ platform: 'wechat', activityId }),
  describe: ({ id, appid }) => ({ id, platform: 'wechat', appid }),

  openProof(sessionKey, { encryptedData, iv }) {
    const declared = openActivityId({ sessionKey, encryptedData, iv })
    // The id is all of the plaintext, and is ASCII.
    return { declared, declaredAt: { start: 0, end: declared.length } }
  },

  tokenSource: (http) => new WechatTokenSource(http),
  connect: (services) => new WechatClient(services),
}
