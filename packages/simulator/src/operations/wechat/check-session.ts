import { sameText, sessionKeySignature } from '../../crypto/signatures.js'
import type { SessionRecord } from '../../world/records.js'
import type { World } from '../../world/world.js'
import type { ServerOperation } from '../types.js'
import { mustBeToken } from './access-token.js'
import { wechatError } from './errors.js'

/** W6, W7: openid, signature and sig_method come in the query, as both samples do. */
const signedSession = (
  world: World,
  query: Record<string, string>,
  missingSession: number,
): { appid: string; person: string; openid: string; session: SessionRecord } => {
  const appid = mustBeToken(world, query)
  const { openid, signature, sig_method: method } = query
  if (!openid) throw wechatError(40003)
  const person = world.people.personOf(appid, { openid })
  if (person === undefined) throw wechatError(40003)
  if (method !== 'hmac_sha256') throw wechatError(87008)
  const session = world.sessions.get('wechat', appid, person)
  if (!session) throw wechatError(missingSession)
  const form = world.settings.wechat.checkSessionKeyForm
  const expected = sessionKeySignature(session.key, form)
  if (!signature || !sameText(signature.toLowerCase(), expected)) throw wechatError(87009)
  return { appid, person, openid, session }
}

/** W6: ok only for the one session_key that is valid now. */
export const checkSessionKey: ServerOperation = (world, { query }) => {
  // SIM: a session that ended has no current key, so no signature is right.
  signedSession(world, query, 87009)
  return { errcode: 0, errmsg: 'ok' }
}

/** W7: the old key dies, the new one inherits its expiry. */
export const resetUserSessionKey: ServerOperation = (world, { query }) => {
  const { appid, person, openid, session } = signedSession(world, query, 87007)
  const interval = world.settings.wechat.sessionResetIntervalMs
  if (world.now() - session.since < interval) throw wechatError(45011)
  const next = world.sessions.reset(appid, person)
  if (!next) throw wechatError(87007)
  return { errcode: 0, errmsg: 'ok', openid, session_key: next.key }
}
