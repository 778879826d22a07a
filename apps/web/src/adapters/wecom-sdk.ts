import {
  checkJsApi,
  env,
  getContext,
  getShareInfo,
  hideChatAttachmentMenu,
  hideMenuItems,
  onMenuShareAppMessage,
  register,
  SDK_VERSION,
  sendChatMessage,
  setShareAttr,
  shareAppMessage,
} from '@wecom/jssdk'
import type { WwLike } from '@sealcard/kit'

/** What the page uses of WeCom's SDK, by name: the rest does not come along. */
export const wecomSdk: WwLike = {
  env,
  register,
  setShareAttr,
  getContext,
  getShareInfo,
  shareAppMessage,
  sendChatMessage,
  onMenuShareAppMessage,
  hideMenuItems,
  hideChatAttachmentMenu,
  checkJsApi,
}

export const wecomSdkVersion = SDK_VERSION
