import type { RequestAnswer, RequestCall } from '../../../src/contract.js'
import type { HostTransport } from '../transport.js'
import { settle, type Callbacks, type Result } from './settle.js'

interface RequestOptions extends Callbacks {
  url: string
  data?: unknown
  header?: Record<string, string>
  method?: string
  timeout?: number
  dataType?: string
  responseType?: string
}

const form = (data: Record<string, unknown>): string =>
  Object.entries(data)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')

/** How wx.request turns `data` into a query or a body (its page, "data 参数说明"). */
export const toCall = (options: RequestOptions): RequestCall => {
  const method = (options.method ?? 'GET').toUpperCase()
  const header: Record<string, string> = {}
  for (const [name, value] of Object.entries(options.header ?? {})) {
    header[name.toLowerCase()] = String(value)
  }
  header['content-type'] ??= 'application/json'
  const call: RequestCall = { url: options.url, method, header }
  if (options.timeout !== undefined) call.timeout = options.timeout
  const { data } = options
  if (data === undefined || data === null) return call
  const object = typeof data === 'object'
  if (method === 'GET' && object) {
    const query = form(data as Record<string, unknown>)
    if (query !== '') call.url += (call.url.includes('?') ? '&' : '?') + query
  } else if (!object) call.body = String(data)
  else if (header['content-type'].includes('x-www-form-urlencoded')) {
    call.body = form(data as Record<string, unknown>)
  } else call.body = JSON.stringify(data)
  return call
}

/** `dataType: 'json'`, the default, parses what it can and leaves the rest as text. */
const toResult = (answer: RequestAnswer, dataType: string | undefined): Result => {
  if (!answer.ok) return answer.res
  const { body, ...res } = answer.res
  let data: unknown = body
  if ((dataType ?? 'json') === 'json') {
    try {
      data = JSON.parse(body)
    } catch {
      data = body
    }
  }
  return { ...res, data, cookies: [] }
}

/** wx.request: never a promise, but a task that can be aborted. */
export const requestApi = (transport: HostTransport) => (options: RequestOptions) => {
  const control = new AbortController()
  const aborted = new Promise<RequestAnswer>((resolve) => {
    control.signal.addEventListener('abort', () =>
      resolve({ ok: false, res: { errMsg: 'request:fail abort', errno: 600_001 } }),
    )
  })
  const lost = (error: unknown): RequestAnswer => ({
    ok: false,
    res: { errMsg: `request:fail ${(error as Error).message}`, errno: 600_001 },
  })
  const sent = transport.request(toCall(options), control.signal).catch(lost)
  const answer = Promise.race([sent, aborted]).then((given) => ({
    ok: given.ok,
    res: toResult(given, options.dataType),
  }))
  void settle(options, answer, false)
  const ignore = () => {}
  return {
    abort: () => control.abort(),
    onHeadersReceived: ignore,
    offHeadersReceived: ignore,
    onChunkReceived: ignore,
    offChunkReceived: ignore,
  }
}
