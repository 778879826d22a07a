import type { ServerOperation } from '../types.js'
import { mustBeApp } from './app-secret.js'
import { wechatError } from './errors.js'

/** W5. No access_token; a code lives 5 minutes (W12) and is used once (40163, C13). Real successes omit errcode (C13). */
export const code2Session: ServerOperation = (world, { query }) => {
  const app = mustBeApp(world, query, 'authorization_code')
  const code = query['js_code']
  if (!code) throw wechatError(41008)
  const found = world.sessions.findCode('wechat', code)
  if (found === 'used') throw wechatError(40163)
  if (typeof found === 'string' || found.app !== app.appid) throw wechatError(40029)
  const session = world.sessions.exchange(found)
  const { openid, unionid } = world.people.wechatIdentity(app.appid, found.person)
  return {
    session_key: session.key,
    openid,
    ...(app.openPlatform && unionid !== null ? { unionid } : {}),
  }
}
