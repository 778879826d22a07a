import type { ServerOperation } from '../types.js'
import { mustBeToken } from './access-token.js'
import { wechatError } from './errors.js'

/** W3: the designated sharer comes in the query; sent in a body it is ignored (C4). */
export const createActivityId: ServerOperation = (world, { query }) => {
  const appid = mustBeToken(world, query)
  const { openid, unionid } = query
  let sharer: string | null = null
  if (openid || unionid) {
    const by = openid ? { openid } : { unionid: unionid ?? '' }
    const person = world.people.personOf(appid, by)
    // SIM: the code for an openid that this mini-program does not know is not documented; 40003 is the general one.
    if (person === undefined) throw wechatError(40003)
    sharer = person
  }
  const { id, expirationTime } = world.activities.create(appid, sharer)
  return { errcode: 0, errmsg: 'ok', activity_id: id, expiration_time: expirationTime }
}
