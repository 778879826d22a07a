import { WxFailure } from './call-wx.js'
import { PlatformError, type PlatformFault } from './platform-error.js'
import type { WxResult } from './wx-callbacks.js'

// 42013: WeCom's "not logged in, or the login is over".
const LOGIN = new Set([42013])
// 100: this client has no such API.
const MISSING = new Set([100])
// General errno 102: no permission. WeCom: 50002, outside of those whom the app is for; 60011, no permission for this
// member; 602xx, a share ticket that is missing, wrong, or of another app.
const DENIAL = new Set([102, 50002, 60011, 60230, 60231, 60233, 60234, 60242, 60244])
// WeCom's client gives -1 to every failure, a refused recipient's too: it says nothing.
const SAYS_NOTHING = new Set([-1, 0])

const LOGIN_TEXT = /\b(log ?in|session)\b|not.?log(ged)?.?in|session.?(key|expired)/i
const MISSING_TEXT = /not? support|not supported|unsupported|function not exist|not a function/i
// What the platforms are known to say of a ticket or a person that they do not vouch for.
const DENIAL_TEXT = /no permission|invalid share ?ticket|single chat/i

/**
 * What a failed platform call means. The platforms document only some of the strings, and a client says them in its
 * own language. Only a known denial counts as one, and only where the platform was asked to vouch (`denies`).
 * An unknown failure is `retry`. It opens nothing either way, but a bad network must not make a recipient look like
 * a stranger.
 */
export const judgeFailure = (result: WxResult, denies = false): PlatformFault => {
  const codes = [result.errno, result.errCode, codeIn(result.errMsg)].filter(isNumber)
  const said = reasonIn(result.errMsg)
  const denial = denies && isDenial(codes, said)
  if (codes.some((code) => LOGIN.has(code))) return 'login'
  if (codes.some((code) => MISSING.has(code))) return 'unsupported'
  if (MISSING_TEXT.test(said)) return denial ? 'not-recipient' : 'unsupported'
  if (LOGIN_TEXT.test(said)) return 'login'
  return denial ? 'not-recipient' : 'retry'
}

/** Whatever a wrapped call threw, as a `PlatformError`; `denies`: the platform was asked to vouch. */
export const toPlatformError = (api: string, error: unknown, denies = false): PlatformError => {
  if (error instanceof PlatformError) return error
  const result = error instanceof WxFailure ? error.result : { errMsg: String(error) }
  return new PlatformError(judgeFailure(result, denies), api, result)
}

/** A no without a reason is a denial, too: WeChat's `authPrivateMessage:fail`. */
const isDenial = (codes: number[], said: string) =>
  codes.some((code) => DENIAL.has(code)) ||
  DENIAL_TEXT.test(said) ||
  (isBare(said) && codes.every((code) => SAYS_NOTHING.has(code)))

/** `:fail`, `:fail:`, `:fail -1`, `:fail (60233)`: no words, only marks and a code. */
const isBare = (said: string) => /^:fail[\s:,.()[\]-]*\d*[\s:,.()[\]-]*$/.test(said)

/**
 * `qy__getShareInfo:fail:42013 …` and `getShareInfo:fail (42013)` carry the code only in the text. The sign counts:
 * `errcode:-102` is a network error, 102 a denial.
 */
const codeIn = (errMsg: string) => {
  const digits = /:fail[^\d-]{0,12}(-?\d{1,8})\b/.exec(errMsg)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** What follows `:fail`: the API's own name must not count as a reason (`checkSession:fail`). */
const reasonIn = (errMsg: string) => errMsg.slice(Math.max(0, errMsg.indexOf(':fail')))

const isNumber = (value: number | undefined): value is number => typeof value === 'number'
