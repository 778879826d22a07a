import { sameText } from '../../crypto/signatures.js'
import type { WechatApp } from '../../world/records.js'
import type { World } from '../../world/world.js'
import { wechatError } from './errors.js'

export interface AppCredentials {
  appid?: unknown
  secret?: unknown
  grant_type?: unknown
}

/** C12: the appid is checked before grant_type. SIM: the secret after both, missing (41004) before wrong (40125). */
export const mustBeApp = (
  world: World,
  given: AppCredentials,
  grantType: 'client_credential' | 'authorization_code',
): WechatApp => {
  if (typeof given.appid !== 'string' || given.appid === '') throw wechatError(41002)
  const app = world.wechatApp(given.appid)
  if (!app) throw wechatError(40013)
  if (given.grant_type !== grantType) throw wechatError(40002)
  if (typeof given.secret !== 'string' || given.secret === '') throw wechatError(41004)
  if (!sameText(given.secret, app.secret)) throw wechatError(40125)
  return app
}
