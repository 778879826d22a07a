import type { WxResult } from './wx-types.js'

/**
 * - `not-recipient`: the platform does not vouch for this person. Anything unknown counts as this.
 * - `login`: the platform wants a login first; try again after one.
 * - `retry`: a passing fault; says nothing about the person.
 * - `unsupported`: this client cannot do it.
 */
export type PlatformFault = 'not-recipient' | 'login' | 'retry' | 'unsupported'

export class PlatformError extends Error {
  override readonly name = 'PlatformError'

  constructor(
    readonly fault: PlatformFault,
    readonly api: string,
    readonly result: WxResult,
  ) {
    super(`${api}: ${fault} (${result.errMsg})`)
  }
}
