import type { Words } from '../words.js'

/** What may go wrong with a call, as the fault that scripts it. */
export interface FaultKind {
  id: 'fail' | 'late' | 'silent' | 'lost'
  effect: object
}

/** SIM: later than a person waits, sooner than wx.request gives up. */
const LATE_MS = 3000

const nameOf = (operation: string): string =>
  operation.replace(/^(wx|bridge)\./, '').replace(/^qy\./, 'qy__')

/** The kinds that can happen to a call. A navigation that the client refuses says `busy`. */
export const kindsOf = (operation: string): FaultKind[] => {
  const late: FaultKind = { id: 'late', effect: { kind: 'delay', ms: LATE_MS } }
  const silent: FaultKind = { id: 'silent', effect: { kind: 'black-hole' } }
  if (/^(wx|bridge)\./.test(operation)) {
    const navigates = /\.(navigate|redirect|reLaunch|switchTab)/.test(operation)
    const errMsg = `${nameOf(operation)}:fail ${navigates ? 'busy' : 'system error'}`
    return [{ id: 'fail', effect: { kind: 'fail', errMsg, errno: 4 } }, late, silent]
  }
  const lost: FaultKind = { id: 'lost', effect: { kind: 'reset', executed: true } }
  const fail =
    operation === 'phone.request'
      ? { kind: 'reset' }
      : { kind: 'errcode', errcode: -1, errmsg: 'system error' }
  return [{ id: 'fail', effect: fail }, late, lost, silent]
}

export const kindName = (id: FaultKind['id'], words: Words): string =>
  ({
    fail: words.kindFail,
    late: words.kindLate,
    silent: words.kindSilent,
    lost: words.kindLost,
  })[id]

/** Only what a phone does can be of one phone. */
export const isOfPhones = (operation: string): boolean =>
  /^(wx|bridge)\./.test(operation) || operation === 'phone.request'
