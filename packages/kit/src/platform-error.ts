import type { InternalErrorCode } from '@sealcard/protocol'
import type { WxResult } from './wx-callbacks.js'

/**
 * - `not-recipient`: the platform said that it does not vouch for this person.
 * - `login`: the platform wants a login first; try again after one.
 * - `retry`: a passing or unknown fault; it says nothing about the person, and opens nothing.
 * - `unsupported`: this client cannot do it.
 * - `setup`: the service or its app is set up wrongly; nothing that the person does helps. It opens nothing.
 */
export type PlatformFault = 'not-recipient' | 'login' | 'retry' | 'unsupported' | 'setup'

export class PlatformError extends Error {
  readonly code = 'ERR_WX_FAULT' satisfies InternalErrorCode
  override readonly name = 'PlatformError'

  constructor(
    readonly fault: PlatformFault,
    readonly api: string,
    readonly result: WxResult,
  ) {
    super(`${api}: ${fault} (${result.errMsg})`)
  }
}
