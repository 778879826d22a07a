import { authPrivateMessage } from './client/auth-private-message.js'
import { getEnterOptionsSync } from './client/enter-options.js'
import { navigation } from './client/navigation.js'
import { checkSession, login, qyCheckSession, qyLogin } from './client/login.js'
import { qyGetEnterpriseUserInfo } from './client/qy-user-info.js'
import { qyGetContext, qyGetShareInfo, qySetShareAttr } from './client/qy-private.js'
import { reviewNickname } from './client/nickname.js'
import { hideShareMenu, showShareMenu, updateShareMenu } from './client/share-menu.js'
import { requestSubscribeMessage } from './client/subscribe-message.js'
import { wechatGetShareInfo } from './client/wechat-share-info.js'
import type { ClientOperation } from './types.js'

/** What `wx.*` and `wx.qy.*` a phone can ask the platform for. Everything else answers 501. */
export const CLIENT_APIS: ReadonlyMap<string, ClientOperation> = new Map([
  ['login', login],
  ['checkSession', checkSession],
  ['updateShareMenu', updateShareMenu],
  ['showShareMenu', showShareMenu],
  ['hideShareMenu', hideShareMenu],
  ['getEnterOptionsSync', getEnterOptionsSync],
  ...navigation,
  ['authPrivateMessage', authPrivateMessage],
  ['getShareInfo', wechatGetShareInfo],
  ['qy.login', qyLogin],
  ['qy.checkSession', qyCheckSession],
  ['qy.setShareAttr', qySetShareAttr],
  ['qy.getContext', qyGetContext],
  ['qy.getShareInfo', qyGetShareInfo],
  ['qy.getEnterpriseUserInfo', qyGetEnterpriseUserInfo],
  ['requestSubscribeMessage', requestSubscribeMessage],
  ['input.nickname', reviewNickname],
])
