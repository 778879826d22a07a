import { openShareInfo } from '@sealcard/crypto'
import type { Platform } from '../registry/platform.js'
import { wecomErrcodes } from './errcodes.js'
import { OFFICIAL_API_BASE, type WecomAppConfig, wecomAppKeys } from './wecom-app.js'
import { wecomBots } from './wecom-bots.js'
import { WecomClient } from './wecom-client.js'
import { WecomTokenSource } from './wecom-token-source.js'

/**
 * Characters of base64. With our state, a chatId of 32 and a userid of 64 bytes a genuine proof has 236 to 256. A longer
 * one is forged, and is refused like one that does not open.
 */
const LONGEST_PROOF = 512

/** WeCom mini-programs of a corp's own. */
export const wecom: Platform<WecomAppConfig> = {
  name: 'wecom',
  title: 'WeCom',
  officialApiBase: OFFICIAL_API_BASE,
  appKeys: wecomAppKeys,
  errcodes: wecomErrcodes,
  bots: wecomBots,

  // A proof is JSON with state and curReceiver.
  provesReceiver: true,

  /**
   * WeCom's userids do not differ by case (path/90195). Whether login, callback and proof spell one alike is UNCONFIRMED.
   * Userids are ASCII: to fold more would take other characters for letters of theirs.
   */
  comparable: (viewerKey) => viewerKey.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  declaration: (state) => ({ platform: 'wecom', state }),
  describe: ({ id, corpid, agentid }) => ({ id, platform: 'wecom', corpid, agentid }),

  openProof(sessionKey, { encryptedData, iv }) {
    const genuine = encryptedData.length <= LONGEST_PROOF ? encryptedData : ''
    const { state, stateAt, curReceiver } = openShareInfo({
      sessionKey,
      encryptedData: genuine,
      iv,
    })
    return { declared: state, declaredAt: stateAt, curReceiver }
  },

  tokenSource: (http) => new WecomTokenSource(http),
  connect: (services) => new WecomClient(services),
}
