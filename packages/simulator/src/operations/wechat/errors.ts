import type { World } from '../../world/world.js'
import { PlatformError } from '../platform-error.js'

/** General texts of WeChat's errors. W5, W8, W9, W3; the long 40001 text is real (C13). */
export const WECHAT_ERRORS: Record<number, string> = {
  [-1]: 'system error',
  40001:
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40037: 'invalid template_id',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40163: 'code been used',
  40226: 'code blocked',
  41030: 'invalid page',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43101: 'user refuse to accept the msg',
  44002: 'empty post data',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  47001: 'data format error',
  47003: 'argument invalid!',
  48001: 'api unauthorized',
  87007: 'session_key is not existed or expired',
  87008: 'invalid sig_method',
  87009: 'invalid signature',
}

export const wechatError = (errcode: number): PlatformError =>
  new PlatformError(errcode, WECHAT_ERRORS[errcode] ?? 'system error')

/** C13: `…, rid: 62de9a0b-7149b5f1-2eee4908`; the first part is the time in hex. */
export const withRid = (world: World, errmsg: string): string => {
  const seconds = Math.floor(world.now() / 1000).toString(16)
  const separator = errmsg.includes('mmbizurl') ? ' rid:' : ', rid:'
  return `${errmsg}${separator} ${seconds.padStart(8, '0')}-${world.hex(8)}-${world.hex(8)}`
}
