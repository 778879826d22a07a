import type { z } from 'zod'
import { BRIDGE_APIS } from '../operations/bridge-apis.js'
import { CLIENT_APIS } from '../operations/client-apis.js'
import { SERVER_ROUTES } from '../operations/server-routes.js'
import type { FaultEffect, NewFault } from '../world/faults.js'
import { badInput } from '../world/problem.js'
import { closest } from '../closest.js'

/** Every call that a fault can be of. */
export const OPERATIONS = [
  ...SERVER_ROUTES.map((route) => route.id),
  ...[...CLIENT_APIS.keys()].map((api) => `wx.${api}`),
  ...[...BRIDGE_APIS.keys()].map((api) => `bridge.${api}`),
  'phone.request',
]
const PATTERNS = ['wechat.*', 'wecom.*', 'wx.*', 'bridge.*', '*']

type Kind = FaultEffect['kind']
const ON_PHONES: Kind[] = ['fail', 'errcode', 'delay', 'black-hole']
const ON_REQUESTS: Kind[] = [
  'fail',
  'status',
  'html',
  'truncated',
  'delay',
  'black-hole',
  'reset',
  'reset-mid-body',
]

const possible = (operation: string, kind: Kind): boolean => {
  if (operation === 'phone.request') return ON_REQUESTS.includes(kind)
  return operation.startsWith('wx.') || operation.startsWith('bridge.')
    ? ON_PHONES.includes(kind)
    : kind !== 'fail'
}

/** A fault that could never strike is a mistake, not a fault. */
export const checkedFault = (fault: z.output<typeof NewFault>): z.output<typeof NewFault> => {
  const { operation, effect } = fault
  if (!OPERATIONS.includes(operation) && !PATTERNS.includes(operation)) {
    const near = closest(operation, OPERATIONS)
    throw badInput('operation', `is not known; closest: ${near}`)
  }
  if (!possible(operation, effect.kind)) {
    throw badInput('effect.kind', `${effect.kind} cannot happen to ${operation}`)
  }
  return fault
}
