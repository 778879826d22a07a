import type { ServerOperation } from '../types.js'
import { mustBeApp } from './app-secret.js'

/** W8: every call makes a new token and replaces the previous one, which is accepted for ~5 minutes more (C14). */
export const getAccessToken: ServerOperation = (world, { query }) => {
  const app = mustBeApp(world, query, 'client_credential')
  const overlap = world.settings.wechat.tokenOverlapMs
  const { token, expiresIn } = world.tokens.issue('normal', app.appid, overlap)
  return { access_token: token, expires_in: expiresIn }
}
