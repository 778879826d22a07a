import type { ServerOperation } from '../types.js'
import { mustBeToken } from './access-token.js'
import { wecomError } from './errors.js'

/** Q8: with the token of the app that the mini-program is linked to; only now does the new session_key become valid. */
export const code2Session: ServerOperation = (world, { query }) => {
  const app = mustBeToken(world, query)
  if (app.miniProgram === null) throw wecomError(90206)
  if (query['grant_type'] !== 'authorization_code') throw wecomError(40002)
  const code = query['js_code']
  if (!code) throw wecomError(41008)
  // Q15: 40029 for consumed, older than 5 minutes, unknown.
  const found = world.sessions.findCode('wecom', code)
  if (typeof found === 'string') throw wecomError(40029)
  // Q15: 40014 also for the token of an app that is not the mini-program's app.
  if (found.app !== app.miniProgram) throw wecomError(40014)
  const person = world.people.get(found.person)
  if (!world.people.inVisibleRange(person, app)) throw wecomError(50002)
  const session = world.sessions.exchange(found)
  return {
    errcode: 0,
    errmsg: 'ok',
    corpid: app.corpid,
    userid: person.wecomUserid,
    session_key: session.key,
  }
}
