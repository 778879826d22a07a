import { callWx, WxFailure } from './call-wx.js'
import type { WxLike, WxResponse } from './wx-types.js'

export interface HttpRequest {
  url: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers: Record<string, string>
  /** Serialised JSON. */
  body?: string
}

export interface HttpResponse {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  /** Parsed JSON, or the text where it is none. */
  body: unknown
}

/** Sends one request; rejects only when no answer came. */
export type SendRequest = (request: HttpRequest) => Promise<HttpResponse>

/** `wx.request` as the kit needs it. */
export const wxRequest =
  (wx: Pick<WxLike, 'request'>, timeoutMs = 10_000): SendRequest =>
  async ({ url, method, headers, body }) => {
    const answer = await callWx<WxResponse>(
      'request',
      (on) =>
        wx.request({
          url,
          method,
          header: headers,
          ...(body === undefined ? {} : { data: body }),
          timeout: timeoutMs,
          ...on,
        }),
      // The platform's own limit comes first; this one is for a platform that forgets.
      timeoutMs + 2_000,
    )
    if (typeof answer.statusCode !== 'number') throw new WxFailure(answer)
    return {
      status: answer.statusCode,
      headers: lowerCased(answer.header),
      body: parsed(answer.data),
    }
  }

const lowerCased = (header: Record<string, string> | undefined) =>
  // Without Object.fromEntries, which the syntax of this package is older than.
  Object.entries(header ?? {}).reduce<Record<string, string>>((all, [name, value]) => {
    all[name.toLowerCase()] = value
    return all
  }, {})

/** Base libraries differ in whether they parse `application/problem+json`. */
const parsed = (data: unknown): unknown => {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    return data
  }
}
