import type { ServerOperation } from '../types.js'
import { mustBeToken } from './access-token.js'
import { wecomError } from './errors.js'

/**
 * Q39: what an app reads about a member whom it may see. Since 2022-06-20 a new app gets no gender, avatar, mobile,
 * e-mail, address or code of the member. Userids are compared without their case (path/90195).
 */
export const getUser: ServerOperation = (world, { query }) => {
  const app = mustBeToken(world, query)
  const userid = query['userid']?.toLowerCase()
  // UNCONFIRMED: the number for a missing userid.
  if (!userid) throw wecomError(41009)
  const person = world.people.list().find((one) => one.wecomUserid?.toLowerCase() === userid)
  if (!person) throw wecomError(60111)
  // UNCONFIRMED: which of 60011 and 60111 an app gets for a member outside its visible range.
  if (!world.people.inVisibleRange(person, app)) throw wecomError(60011)
  return {
    errcode: 0,
    errmsg: 'ok',
    userid: person.wecomUserid,
    ...(world.settings.wecom.userGetName === 'given' && { name: person.name }),
    department: [1],
    order: [0],
    position: '',
    is_leader_in_dept: [0],
    direct_leader: [],
    telephone: '',
    alias: '',
    status: 1,
    extattr: { attrs: [] },
    main_department: 1,
  }
}
