import { WECOM_ERRORS } from '../../wecom-errors.js'
import type { World } from '../../world/world.js'
import { PlatformError } from '../platform-error.js'

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
