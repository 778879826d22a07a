import type { ClientOperation } from '../types.js'
import { fail, missingInWecom, ok, qyName } from './answers.js'

/** W12; Q5: works in WeCom too, with the person's WeChat identity. */
export const login: ClientOperation = (world, { phone }) => {
  if (!world.people.get(phone.person).wechat) return fail('login', 'no WeChat account')
  return ok('login', { code: world.sessions.login('wechat', phone) })
}

/** W13: about the session_key of the last code this phone obtained, not the one a server stored. */
export const checkSession: ClientOperation = (world, { phone }) => {
  const session = world.sessions.get('wechat', phone.miniProgram, phone.person)
  if (!session || session.key !== phone.lastKey.wechat) {
    return fail('checkSession', 'session time out, need relogin')
  }
  world.sessions.use('wechat', session)
  return ok('checkSession')
}

/** Q4a. */
export const qyLogin: ClientOperation = (world, { phone }) => {
  const missing = missingInWecom(world, phone, 'login', '0')
  if (missing) return missing
  return ok(qyName(world, 'login'), { code: world.sessions.login('wecom', phone) })
}

/** Q4b: `expireIn` is the session's expiry; its unit is UNCONFIRMED. SIM: seconds. */
export const qyCheckSession: ClientOperation = (world, { phone }) => {
  const missing = missingInWecom(world, phone, 'checkSession', '0')
  if (missing) return missing
  const name = qyName(world, 'checkSession')
  const session = world.sessions.get('wecom', phone.miniProgram, phone.person)
  if (!session || session.key !== phone.lastKey.wecom) {
    return fail(name, 'session expired', { errCode: 42013 })
  }
  world.sessions.use('wecom', session)
  return ok(name, { expireIn: Math.floor((session.expiresAt - world.now()) / 1000) })
}
