import { jsapiSignature } from '../../crypto/jsapi.js'
import { sameText } from '../../crypto/signatures.js'
import type { WecomApp } from '../../world/records.js'
import { versionBefore } from '../../world/versions.js'
import { tokenApp, type World } from '../../world/world.js'
import { fail, ok } from './answers.js'
import type { BridgeInput, BridgeOperation } from './types.js'

/** Before this WeCom, agentConfig has to wait for config. */
const ALONE_SINCE = '3.0.24'

interface Signed {
  timestamp: string
  nonceStr: string
  signature: string
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** The ticket with which this address was signed. */
const ticketOf = (tickets: string[], address: string, signed: Signed): string | null =>
  tickets.find((ticket) =>
    sameText(jsapiSignature(ticket, signed.nonceStr, signed.timestamp, address), signed.signature),
  ) ?? null

/** Q16: the page's host is the trusted domain, or below it. */
const isTrusted = (app: WecomApp, address: string): boolean => {
  const domain = app.web?.domain.replace(/:\d+$/, '')
  if (domain === undefined) return false
  const { hostname } = new URL(address)
  return hostname === domain || hostname.endsWith(`.${domain}`)
}

/** 40093 for a signature that no ticket gives; 42012 for one of another ticket: the most common mistake (Q3, Q15). */
const wrongSignature = (world: World, input: BridgeInput, app: WecomApp, signed: Signed) => {
  const others = world
    .wecomApps()
    .flatMap((other) => [
      ...world.jsTickets.live('corp', other.corpid),
      ...(other === app ? [] : world.jsTickets.live('agent', tokenApp(other))),
    ])
  return ticketOf(others, input.address, signed) === null
    ? fail('agentConfig', 'invalid signature', 40093)
    : fail('agentConfig', 'jsapi ticket unusable', 42012)
}

/** Q35: application identity. The list has the client's names. */
export const agentConfig: BridgeOperation = (world, input) => {
  const api = 'agentConfig'
  const { phone, view, address, args } = input
  view.agentConfig = null
  const app = world
    .wecomApps()
    .find(({ corpid, agentid }) => corpid === args['corpid'] && String(agentid) === args['agentid'])
  const person = world.people.get(phone.person)
  // Q35: the corp must be the one that the person is logged in to.
  if (!app) return fail(api, 'invalid corpid or agentid', 40013)
  if (versionBefore(phone.version, ALONE_SINCE) && !view.config) return fail(api, 'config first')
  if (!isTrusted(app, address)) return fail(api, 'invalid url domain')
  const signed = {
    timestamp: text(args['timestamp']),
    nonceStr: text(args['nonceStr']),
    signature: text(args['signature']),
  }
  const ticket = ticketOf(world.jsTickets.live('agent', tokenApp(app)), address, signed)
  if (ticket === null) return wrongSignature(world, input, app, signed)
  if (!world.people.inVisibleRange(person, app)) {
    return fail(api, 'user not in the visible range of the app', 50002)
  }
  view.agentConfig = {
    app: tokenApp(app),
    ticket,
    address,
    signature: signed.signature,
    apis: list(args['jsApiList']),
  }
  world.changed()
  return ok(api)
}

/** Q3: the corp's identity, `config` to pages. */
export const preVerifyJsapi: BridgeOperation = (world, input) => {
  const api = 'preVerifyJSAPI'
  const { view, address, args } = input
  view.config = null
  const apps = world.wecomApps().filter(({ corpid }) => corpid === args['appId'])
  const signed = {
    timestamp: text(args['verifyTimestamp']),
    nonceStr: text(args['verifyNonceStr']),
    signature: text(args['verifySignature']),
  }
  if (apps.length === 0) return fail(api, 'invalid appid', 40013)
  if (!signed.timestamp || !signed.nonceStr || !signed.signature) return fail(api, '')
  if (!apps.some((app) => isTrusted(app, address))) return fail(api, 'invalid url domain')
  const corpid = text(args['appId'])
  const ticket = ticketOf(world.jsTickets.live('corp', corpid), address, signed)
  if (ticket === null) return fail(api, 'invalid signature', 40093)
  view.config = {
    app: corpid,
    ticket,
    address,
    signature: signed.signature,
    apis: list(args['verifyJsApiList']),
  }
  world.changed()
  return ok(api)
}
