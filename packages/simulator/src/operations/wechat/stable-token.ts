import type { ServerOperation } from '../types.js'
import { mustBeApp, type AppCredentials } from './app-secret.js'
import { wechatError } from './errors.js'

/** W9. Isolated from the tokens of /cgi-bin/token. */
export const getStableAccessToken: ServerOperation = (world, { body }) => {
  const given = parse(body)
  const app = mustBeApp(world, given, 'client_credential')
  if (given.force_refresh !== true) {
    const { token, expiresIn } = world.tokens.stable(app.appid)
    return { access_token: token, expires_in: expiresIn }
  }
  // W9: at most 20 a day, at least 30 s apart. SIM: 45011 when too soon, 45009 when too many.
  const claim = world.tokens.claimForcedRefresh(app.appid)
  if (claim === 'too-soon') throw wechatError(45011)
  if (claim === 'too-many') throw wechatError(45009)
  // W9: a forced refresh invalidates the previous token.
  const { token, expiresIn } = world.tokens.issue('stable', app.appid, 0)
  return { access_token: token, expires_in: expiresIn }
}

const parse = (body: string): AppCredentials & { force_refresh?: unknown } => {
  if (body.trim() === '') throw wechatError(44002)
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    throw wechatError(47001)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw wechatError(47001)
  }
  return parsed
}
