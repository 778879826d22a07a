import type { RequestAnswer, RequestCall } from '../contract.js'
import type { PhoneRecord } from '../world/records.js'
import type { FaultEffect } from '../world/faults.js'
import { distorted, isExecuted } from './deliver.js'
import type { Deps } from './deps.js'

const DEFAULT_TIMEOUT_MS = 60_000

const failed = (reason: string, errno: number): RequestAnswer => ({
  ok: false,
  res: { errMsg: `request:fail ${reason}`, errno },
})

/** wx.request of a phone: only to the domains on the list, over a network that can be made to fail. */
export const phoneRequest = async (
  deps: Deps,
  phone: PhoneRecord,
  call: RequestCall,
): Promise<RequestAnswer> => {
  const url = URL.canParse(call.url) ? new URL(call.url) : null
  const answer = await send(deps, phone, call, url)
  deps.requests.addPhone(phone.id, {
    at: deps.world.now(),
    method: call.method.toUpperCase(),
    host: url?.host ?? '',
    path: url?.pathname ?? call.url.slice(0, 200),
    status: answer.ok ? answer.res.statusCode : null,
    errno: answer.ok ? null : answer.res.errno,
  })
  return answer
}

const send = async (
  deps: Deps,
  phone: PhoneRecord,
  call: RequestCall,
  url: URL | null,
): Promise<RequestAnswer> => {
  // W24: 600009, invalid URL; 600002, not in the domain list.
  if (!url) return failed(`invalid url "${call.url.slice(0, 200)}"`, 600009)
  const target = deps.domains.get(url.origin)
  if (target === undefined) return failed('url not in domain list', 600002)
  const timeoutMs = call.timeout ?? DEFAULT_TIMEOUT_MS
  const effect = deps.world.takeFault('phone.request', phone.id)
  const reach = () =>
    deps.network.send({
      url: target.replace(/\/$/, '') + url.pathname + url.search,
      method: call.method.toUpperCase(),
      headers: headersOf(call, phone),
      ...(call.body === undefined ? {} : { body: call.body }),
      timeoutMs,
    })
  const lost = effect ? lossOf(effect, timeoutMs) : null
  if (effect && lost) {
    // The service may have done all of it: only the answer does not reach the phone.
    if (lost.executed) await reach()
    if (lost.afterMs > 0) await deps.timer.wait(lost.afterMs)
    return lost.answer
  }
  if (effect?.kind === 'delay') await deps.timer.wait(effect.ms)
  if (effect?.kind === 'status' || effect?.kind === 'html') {
    if (isExecuted(effect)) await reach()
    const given = distorted({ status: 200, contentType: '', body: '' }, effect)
    return answered(given.status, { 'content-type': given.contentType }, given.body)
  }
  const real = await reach()
  if (real.kind === 'timeout') return failed('timeout', 5)
  if (real.kind === 'unreachable') return failed(`errcode:-102 ${real.reason}`, 600001)
  const body = effect?.kind === 'truncated' ? real.body.slice(0, real.body.length / 2) : real.body
  return answered(real.status, real.headers, body)
}

interface Loss {
  answer: RequestAnswer
  /** Whether the request reached the service. */
  executed: boolean
  /** How long the phone waits first. */
  afterMs: number
}

/** W24: 600003, network interrupted; 5, time out. Null: an answer reaches the phone. */
const lossOf = (effect: FaultEffect, timeoutMs: number): Loss | null => {
  const interrupted = failed('interrupted', 600003)
  const timeout = failed('timeout', 5)
  switch (effect.kind) {
    case 'fail':
      return {
        answer: failed(effect.errMsg, effect.errno ?? 600003),
        executed: false,
        afterMs: 0,
      }
    case 'reset':
      return { answer: interrupted, executed: effect.executed, afterMs: 0 }
    case 'reset-mid-body':
      return { answer: interrupted, executed: true, afterMs: 0 }
    case 'black-hole':
      return { answer: timeout, executed: effect.executed, afterMs: timeoutMs }
    case 'delay':
      return effect.ms >= timeoutMs ? { answer: timeout, executed: true, afterMs: timeoutMs } : null
    default:
      return null
  }
}

const answered = (
  statusCode: number,
  header: Record<string, string>,
  body: string,
): RequestAnswer => ({ ok: true, res: { errMsg: 'request:ok', statusCode, header, body } })

const HOP = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'keep-alive',
])

/** wx.request forbids Referer and sets its own: `https://servicewechat.com/{appid}/{version}/page-frame.html`. */
const headersOf = (call: RequestCall, phone: PhoneRecord): Record<string, string> => {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(call.header)) {
    const lower = name.toLowerCase()
    if (lower !== 'referer' && !HOP.has(lower)) headers[lower] = value
  }
  headers['referer'] = `https://servicewechat.com/${phone.miniProgram}/0/page-frame.html`
  return headers
}
