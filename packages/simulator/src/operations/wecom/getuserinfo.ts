import { tokenApp } from '../../world/world.js'
import type { ServerOperation } from '../types.js'
import { mustBeToken } from './access-token.js'
import { wecomError } from './errors.js'

/**
 * Q17: who came back from the authorize page. A member has a userid, also outside the app's visible range. An
 * outsider has an openid.
 */
export const getUserInfo: ServerOperation = (world, { query }) => {
  const app = mustBeToken(world, query)
  const code = query['code']
  if (!code) throw wecomError(41008)
  // Q15: 40029 for used, older than 5 minutes, unknown. SIM: also for the token of another app.
  const found = world.webCodes.find(code)
  if (found?.app !== tokenApp(app)) throw wecomError(40029)
  // Q17: 50001, the page that the code went to is not in the trusted domain (any more).
  if (app.web?.domain !== found.host) throw wecomError(50001)
  world.webCodes.use(found)
  const person = world.people.get(found.person)
  return {
    errcode: 0,
    errmsg: 'ok',
    ...(person.wecomUserid !== null
      ? { userid: person.wecomUserid }
      : {
          openid: world.people.wechatIdentity(app.corpid, person.id).openid,
          external_userid: `wmFAKE${Buffer.from(person.id).toString('base64url')}`,
        }),
  }
}
