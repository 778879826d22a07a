import type { World } from '../../world/world.js'
import { PlatformError } from '../platform-error.js'

/** Q15; Q18: callers must never match on these texts. */
export const WECOM_ERRORS: Record<number, string> = {
  [-1]: 'system busy',
  40001: 'invalid credential',
  40002: 'invalid grant_type',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40035: 'invalid parameter',
  40091: 'invalid secret',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'corpsecret missing',
  41008: 'code missing',
  42001: 'access_token expired',
  42013: 'miniprogram session missing or expired',
  43001: 'require GET method',
  43002: 'require POST method',
  44004: 'empty content',
  45009: 'api freq out of limit',
  47001: 'data format error',
  50002: 'user not in the visible range of the app',
  60020: 'not allow to access from your ip',
  60140: 'invalid response_code',
  81013: 'user & party & tag all invalid',
  90206: 'miniprogram not linked',
  301002: 'not allow operate agent with this accesstoken',
}

export const wecomError = (errcode: number): PlatformError =>
  new PlatformError(errcode, WECOM_ERRORS[errcode] ?? 'system error')

/** Q19: `access_token expired, hint: [1576065934_28_…], from ip: …, more info at …?e=42001`. */
export const withHint = (
  world: World,
  ip: string,
  { errcode, errmsg }: Pick<PlatformError, 'errcode' | 'errmsg'>,
): string =>
  `${errmsg}, hint: [${Math.floor(world.now() / 1000)}_${world.bytes(1)[0] ?? 0}_${world.hex(32)}], ` +
  `from ip: ${ip}, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`
