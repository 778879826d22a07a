import { takeActiveReply } from '../../bots/active-reply.js'
import type { ServerOperation } from '../types.js'
import { wecomError } from './errors.js'

/** Q31: a bot's later answer. The code in the URL is all the proof there is; no access_token. */
export const takeBotResponse: ServerOperation = (world, { query, body }) => {
  const { botUsedResponseErrCode: usedErrCode } = world.settings.wecom
  for (const { id, state } of world.bots.list()) {
    const at = { now: world.now(), usedErrCode }
    const answer = takeActiveReply(state, query['response_code'] ?? '', body, at)
    if (answer === null) continue
    world.changed('bots', id)
    return { ...answer }
  }
  throw wecomError(usedErrCode)
}
