import { BffError, BffUnreachable, toBffError } from './bff-error.js'
import type { Shape } from './shapes.js'
import type { HttpRequest, HttpResponse, SendRequest } from './wx-request.js'

export interface Call<T> {
  method: HttpRequest['method']
  path: string
  body?: unknown
  headers?: Record<string, string>
  /** The form of the answer; null: 204, without one. */
  answer: Shape<T> | null
}

/** Sends one call; rejects with a `BffError` or `BffUnreachable`. */
export type SendCall = <T>(call: Call<T>, headers?: Record<string, string>) => Promise<T>

/** An answer without the BFF's form is `BffUnreachable`: another server sent it, for example a gateway. */
export const callSender =
  (baseUrl: string, request: SendRequest): SendCall =>
  async <T>(call: Call<T>, headers: Record<string, string> = {}): Promise<T> => {
    const response = await attempt(request, toHttp(baseUrl, call, headers), baseUrl)
    if (response.status < 200 || response.status >= 300) throw toBffError(response)
    const { body } = response
    if (call.answer !== null) {
      if (call.answer(body)) return body
    } else if (response.status === 204) return undefined as T
    throw new BffUnreachable(new Error(`${call.method} ${call.path}: not an answer of the BFF`))
  }

export const get = <T>(path: string, answer: Shape<T>): Call<T> => ({ method: 'GET', path, answer })

// wx.request labels every request as JSON, and an empty body is no JSON.
export const post = <T>(path: string, answer: Shape<T> | null): Call<T> => ({
  method: 'POST',
  path,
  body: {},
  answer,
})

export const put = <T>(path: string, body: object, answer: Shape<T>): Call<T> => ({
  method: 'PUT',
  path,
  body,
  answer,
})

/** Answered with 204. */
export const remove = (path: string): Call<void> => ({ method: 'DELETE', path, answer: null })

export const isSessionError = (error: unknown) =>
  error instanceof BffError && error.code === 'ERR_SESSION'

export const query = (fields: Record<string, string | number | undefined>) => {
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`)
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

const toHttp = (
  baseUrl: string,
  call: Call<unknown>,
  headers: Record<string, string>,
): HttpRequest => ({
  url: baseUrl + call.path,
  method: call.method,
  headers: {
    Accept: 'application/json',
    ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...headers,
    ...call.headers,
  },
  ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
})

const attempt = async (
  request: SendRequest,
  http: HttpRequest,
  baseUrl: string,
): Promise<HttpResponse> => {
  try {
    return await request(http)
  } catch (error) {
    throw new BffUnreachable(error, baseUrl)
  }
}
