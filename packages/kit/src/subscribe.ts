import { callWx } from './call-wx.js'
import { toPlatformError } from './judge-failure.js'
import { PlatformError } from './platform-error.js'
import type { WxLike } from './wx-types.js'

/** A person may look at the panel for a while. */
const PANEL_TIMEOUT_MS = 5 * 60_000

export const canSubscribe = (wx: WxLike): boolean => wx.requestSubscribeMessage !== undefined

/**
 * Asks the person which subscription messages they accept, one message each. Call it in a tap and before any wait: the
 * platform refuses it elsewhere. Rejects with a `PlatformError`, for example while the person's main switch is off.
 * @returns the accepted templates
 */
export const acceptTemplates = async (
  wx: WxLike,
  templates: readonly string[],
): Promise<string[]> => {
  const api = 'requestSubscribeMessage'
  if (!wx.requestSubscribeMessage) {
    throw new PlatformError('unsupported', api, { errMsg: `${api}:fail not supported` })
  }
  try {
    const answers = await callWx<Record<string, unknown>>(
      api,
      (on) => wx.requestSubscribeMessage?.({ tmplIds: [...templates], ...on }),
      PANEL_TIMEOUT_MS,
    )
    return templates.filter((id) => answers[id] === 'accept')
  } catch (error) {
    throw toPlatformError(api, error)
  }
}
