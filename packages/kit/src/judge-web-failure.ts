import { WxFailure } from './call-wx.js'
import { PlatformError, type PlatformFault } from './platform-error.js'
import type { WwResult } from './ww-types.js'

// WeCom's codes. Ours to mend: 40014 and 42001 access token, 40093 signature, 42012 ticket, 48002 right to call,
// 50001 domain, 60020 address of the server.
const SETUP = new Set([40014, 40093, 42001, 42012, 48002, 50001, 60020])
const LOGIN = new Set([40029, 42003, 42013, 42022])
// The platform is busy: -1, when it says so itself, and 45009, 45033.
const PASSING = new Set([-1, 45009, 45033])
// The handshake before a call: its failure is no answer to the call.
const HANDSHAKE = /^(agentConfig|config|preVerifyJSAPI):/i

/** Whether the SDK rejected with the client's answer, and not with an error of its own. */
export const isWwResult = (error: unknown): error is WwResult =>
  typeof error === 'object' &&
  error !== null &&
  !(error instanceof Error) &&
  typeof (error as Partial<WwResult>).errMsg === 'string'

/** The client's own code; undefined when it gave none. The SDK writes -1 then, which says nothing. */
const codeOf = ({ err_code, errCode }: WwResult): number | undefined => {
  if (err_code !== undefined) return Number(err_code)
  return errCode === -1 ? undefined : errCode
}

/** The client answered to this call, and gave no reason that can be relied on. */
export const isUnexplained = (error: unknown): boolean =>
  isWwResult(error) && codeOf(error) === undefined && !HANDSHAKE.test(error.errMsg)

/**
 * What a failed call means. Only `errCode` and the name before the colon decide: the word after it is the client's own.
 *
 * @param denies the platform was asked to vouch. The platform documents no code for a person who is not a recipient.
 *   So a failure is a denial unless the set-up, the login or a passing fault caused it.
 */
const faultOf = (error: unknown, denies: boolean): PlatformFault => {
  if (!isWwResult(error)) return 'retry'
  const code = codeOf(error)
  if (HANDSHAKE.test(error.errMsg)) return 'setup'
  if (code !== undefined && SETUP.has(code)) return 'setup'
  if (code !== undefined && LOGIN.has(code)) return 'login'
  if (code !== undefined && PASSING.has(code)) return 'retry'
  return denies ? 'not-recipient' : 'retry'
}

/** Whatever a call of the SDK threw, as a `PlatformError`. */
export const toWebError = (api: string, error: unknown, denies: boolean): PlatformError => {
  if (error instanceof PlatformError) return error
  if (error instanceof WxFailure) return new PlatformError('retry', api, error.result)
  const { errMsg, errCode } = isWwResult(error) ? error : { errMsg: String(error), errCode: -1 }
  return new PlatformError(faultOf(error, denies), api, { errMsg, errCode })
}
