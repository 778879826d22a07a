import { callWw } from './call-ww.js'
import { CALL_TIMEOUT_MS } from './call-wx.js'
import type { WebSignatures, WwLike } from './ww-types.js'

/** Every call that a page of private cards makes: what is not in the list, the client refuses. */
const JS_API_LIST = [
  'setShareAttr',
  'getContext',
  'getShareInfo',
  'shareAppMessage',
  'onMenuShareAppMessage',
  'sendChatMessage',
  'hideMenuItems',
  'hideChatAttachmentMenu',
  'checkJsApi',
]

/**
 * Registers the page with the SDK, once, at the first call. The corp and the agent come with the first signatures, which
 * serve the first handshake as well: a cold page asks once.
 *
 * @returns resolves when the page is registered for this address. It rejects, and tries again at the next call, when
 *   there are no signatures.
 */
export const registration = (ww: WwLike, sign: (url: string) => Promise<WebSignatures>) => {
  let latest: { url: string; signatures: Promise<WebSignatures> } | null = null
  let registered: Promise<void> | null = null

  const forget = () => {
    latest = null
  }

  /** One request for an address, also when the client wants both handshakes; a new one after a refusal. */
  const signatures = (url: string): Promise<WebSignatures> => {
    if (latest?.url !== url) {
      latest = { url, signatures: callWw('sign', () => sign(url), CALL_TIMEOUT_MS) }
    }
    const asked = latest
    return asked.signatures.catch((error: unknown) => {
      if (latest === asked) forget()
      throw error
    })
  }

  const register = async (url: string) => {
    const { corpId, agentId } = await signatures(url)
    ww.register({
      corpId,
      agentId,
      jsApiList: JS_API_LIST,
      getConfigSignature: async (address) => {
        const { timestamp, nonceStr, configSignature } = await signatures(address)
        return { timestamp, nonceStr, signature: configSignature }
      },
      getAgentConfigSignature: async (address) => {
        const { timestamp, nonceStr, signature } = await signatures(address)
        return { timestamp, nonceStr, signature }
      },
      onConfigFail: forget,
      onAgentConfigFail: forget,
    })
  }

  return (url: string): Promise<void> =>
    (registered ??= register(url).catch((error: unknown) => {
      registered = null
      throw error
    }))
}
