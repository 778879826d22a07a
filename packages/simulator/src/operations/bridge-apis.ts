import { isMissing, admitted, isAnswer, listedAs, ok } from './bridge/answers.js'
import { agentConfig, preVerifyJsapi } from './bridge/handshake.js'
import { getContext, getShareInfo, setShareAttr } from './bridge/private.js'
import {
  hideChatAttachmentMenu,
  hideMenuItems,
  hideOptionMenu,
  sendAppMessage,
  sendChatMessage,
  shareAppMessage,
  showMenuItems,
  showOptionMenu,
} from './bridge/share.js'
import type { BridgeOperation } from './bridge/types.js'

/** Q35: which of these calls this client has. SIM: closing the window is the page's own business, and allowed. */
const checkJsApi: BridgeOperation = (world, input) => {
  const api = 'checkJsApi'
  const admission = admitted(input, api, 'any')
  if (isAnswer(admission)) return admission
  const list = input.args['jsApiList']
  const names = Array.isArray(list) ? list.filter((name) => typeof name === 'string') : []
  const has = (name: string) => {
    const api = listedAs(name)
    return BRIDGE_APIS.has(api) && !isMissing(world, input, api)
  }
  return ok(api, { checkResult: Object.fromEntries(names.map((name) => [name, has(name)])) })
}

const closeWindow: BridgeOperation = (_world, input) => {
  const admission = admitted(input, 'closeWindow', 'any')
  return isAnswer(admission) ? admission : ok('closeWindow')
}

/** What `WeixinJSBridge.invoke` of a web page can ask the client for. Everything else is a function that does not exist. */
export const BRIDGE_APIS: ReadonlyMap<string, BridgeOperation> = new Map<string, BridgeOperation>([
  ['agentConfig', agentConfig],
  ['preVerifyJSAPI', preVerifyJsapi],
  ['setShareAttr', setShareAttr],
  ['getContext', getContext],
  ['getShareInfo', getShareInfo],
  ['shareAppMessage', shareAppMessage],
  ['sendAppMessage', sendAppMessage],
  ['sendChatMessage', sendChatMessage],
  ['hideMenuItems', hideMenuItems],
  ['showMenuItems', showMenuItems],
  ['hideOptionMenu', hideOptionMenu],
  ['showOptionMenu', showOptionMenu],
  ['hideChatAttachmentMenu', hideChatAttachmentMenu],
  ['checkJsApi', checkJsApi],
  ['closeWindow', closeWindow],
])
