import { WxFailure } from './call-wx.js'
import { PlatformError, type PlatformFault } from './platform-error.js'
import type { WxResult } from './wx-types.js'

// General errno: 4 internal, 5 timed out, 108 network, 109 empty answer; 60020: WeCom's own gateway refused its client.
// Not -1: WeCom's client gives it to every failure, a refused recipient's too.
const PASSING = new Set([4, 5, 108, 109, 60020])
// 42013: WeCom's "not logged in, or the login is over".
const LOGIN = new Set([42013])
// 100: this client has no such API.
const MISSING = new Set([100])

const PASSING_TEXT = /time.?out|network|system error|internal error|interrupted|busy/i
const LOGIN_TEXT = /\b(log ?in|session)\b|not.?log(ged)?.?in|session.?(key|expired)/i
const MISSING_TEXT = /not? support|not supported|unsupported|function not exist|not a function/i

/**
 * What a failed platform call means. The strings are not documented in full, so whatever is not known to be a passing
 * fault or a missing login is `otherwise`: a refusal when a proof failed, never a way in.
 */
export const judgeFailure = (result: WxResult, otherwise: PlatformFault): PlatformFault => {
  const codes = [result.errno, result.errCode, codeIn(result.errMsg)].filter(isNumber)
  const said = reasonIn(result.errMsg)
  if (codes.some((code) => LOGIN.has(code))) return 'login'
  if (codes.some((code) => MISSING.has(code))) return 'unsupported'
  if (codes.some((code) => PASSING.has(code))) return 'retry'
  if (MISSING_TEXT.test(said) && !/single chat/i.test(said)) return 'unsupported'
  if (LOGIN_TEXT.test(said)) return 'login'
  if (PASSING_TEXT.test(said)) return 'retry'
  return otherwise
}

/** Whatever a wrapped call threw, as a `PlatformError`. */
export const toPlatformError = (
  api: string,
  error: unknown,
  otherwise: PlatformFault,
): PlatformError => {
  if (error instanceof PlatformError) return error
  const result = error instanceof WxFailure ? error.result : { errMsg: String(error) }
  return new PlatformError(judgeFailure(result, otherwise), api, result)
}

/** `qy__getShareInfo:fail:42013 …` and `getShareInfo:fail (42013)` carry the code only in the text. */
const codeIn = (errMsg: string) => {
  const digits = /:fail\D{0,12}(-?\d{1,8})\b/.exec(errMsg)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** What follows `:fail`: the API's own name must not count as a reason (`checkSession:fail`). */
const reasonIn = (errMsg: string) => errMsg.slice(Math.max(0, errMsg.indexOf(':fail')))

const isNumber = (value: number | undefined): value is number => typeof value === 'number'
