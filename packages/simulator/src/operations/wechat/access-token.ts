import type { World } from '../../world/world.js'
import { wechatError } from './errors.js'

/** Answers the appid whose token this is. C13: 41001 missing, 40014 malformed, 40001 wrong or replaced, 42001 expired. */
export const mustBeToken = (world: World, query: Record<string, string>): string => {
  const token = query['access_token']
  if (!token) throw wechatError(41001)
  // SIM: 40014 for what cannot be a token, 40001 for a well-formed one that is not ours.
  if (!/^[\w-]{40,512}$/.test(token)) throw wechatError(40014)
  const { state, record } = world.tokens.find(token)
  if (!record || record.kind === 'wecom') throw wechatError(40001)
  if (state === 'expired') throw wechatError(42001)
  if (state === 'replaced') throw wechatError(40001)
  return record.app
}
