import { tokenApp } from '../../world/world.js'
import type { ServerOperation } from '../types.js'
import { mustBeToken } from './access-token.js'
import { wecomError } from './errors.js'

/** Q3: calls in an hour. */
const PER_CORP = 400
const PER_APP = 100

/** Q3: the corp's ticket, with the token of any of its apps. */
export const getCorpTicket: ServerOperation = (world, { query }) => {
  const app = mustBeToken(world, query)
  const within =
    world.jsTickets.claimCall('corp', tokenApp(app), PER_APP) &&
    world.jsTickets.claimCall('corp', app.corpid, PER_CORP)
  if (!within) throw wecomError(45009)
  const { ticket, expiresIn } = world.jsTickets.give('corp', app.corpid)
  return { errcode: 0, errmsg: 'ok', ticket, expires_in: expiresIn }
}

/** Q3: the ticket of the app whose token this is. Its limits are not stated. SIM: those of the corp's ticket. */
export const getAgentTicket: ServerOperation = (world, { query }) => {
  const app = mustBeToken(world, query)
  // Q3 names one type. SIM: 40058 for others.
  if (query['type'] !== 'agent_config') throw wecomError(40058)
  if (!world.jsTickets.claimCall('agent', tokenApp(app), PER_APP)) throw wecomError(45009)
  const { ticket, expiresIn } = world.jsTickets.give('agent', tokenApp(app))
  return { errcode: 0, errmsg: 'ok', ticket, expires_in: expiresIn }
}
