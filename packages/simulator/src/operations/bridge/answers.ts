import type { WebConfig } from '../../world/records.js'
import { versionBefore } from '../../world/versions.js'
import type { World } from '../../world/world.js'
import type { BridgeInput, NativeAnswer } from './types.js'

export const ok = (api: string, fields: Record<string, unknown> = {}): NativeAnswer => ({
  ...fields,
  err_msg: `${api}:ok`,
})

/** `err_code` only where the platform has a number. SIM: the texts. */
export const fail = (api: string, reason: string, code?: number | null): NativeAnswer => ({
  err_msg: `${api}:fail_${reason}`,
  ...(typeof code === 'number' ? { err_code: code } : {}),
})

/** Q16: the client does not have this call. */
export const missing = (api: string): NativeAnswer => ({ err_msg: `${api}:function not exist` })

/** Q2: the private-message calls. */
const PRIVATE = ['setShareAttr', 'getShareInfo']

/** Since which WeCom there is a call (Q2, Q10, Q11, Q35); others are in every WeCom. */
const SINCE: Record<string, string> = {
  setShareAttr: '3.1.8',
  getShareInfo: '3.1.8',
  getContext: '3.0.24',
  shareAppMessage: '2.4.5',
  sendChatMessage: '2.8.10',
  hideChatAttachmentMenu: '3.1.6',
}

/** What WeChat has: it knows no application identity, so the calls that need it are missing (C21). */
const IN_WECHAT = [
  'preVerifyJSAPI',
  'checkJsApi',
  'hideMenuItems',
  'showMenuItems',
  'hideOptionMenu',
  'showOptionMenu',
  'closeWindow',
  'sendAppMessage',
]

export const isMissing = (world: World, { phone }: BridgeInput, api: string): boolean => {
  if (phone.client === 'wechat') return !IN_WECHAT.includes(api)
  if (versionBefore(phone.version, SINCE[api] ?? '0')) return true
  const desktop = phone.platform === 'windows' || phone.platform === 'mac'
  return desktop && PRIVATE.includes(api) && !world.settings.wecom.h5DesktopPrivateMessages
}

/** In the list that the page gave, a call has the client's own name. */
const LISTED: Record<string, string> = {
  sendAppMessage: 'menu:share:appmessage',
  shareWechat: 'menu:share:wechat',
}

/** The call that a page lists by this name. */
export const listedAs = (name: string): string =>
  Object.keys(LISTED).find((api) => LISTED[api] === name) ?? name

/**
 * Q16: a call needs a handshake for this very address, whose list names it, and must carry that handshake's signature.
 *
 * @param identity `agent`: the corp's signature alone is not enough (Q2).
 */
export const admitted = (
  { view, address, args }: BridgeInput,
  api: string,
  identity: 'agent' | 'any',
): WebConfig | NativeAnswer => {
  const config = view.agentConfig ?? view.config
  if (!config) return fail(api, 'the permission value is offline verifying')
  if (identity === 'agent' && !view.agentConfig) return { err_msg: `${api}:permission denied` }
  if (config.address !== address || args['verifySignature'] !== config.signature) {
    return { err_msg: `${api}:access denied` }
  }
  return config.apis.includes(LISTED[api] ?? api) ? config : fail(api, 'nopermission')
}

export const isAnswer = (value: object): value is NativeAnswer => 'err_msg' in value
