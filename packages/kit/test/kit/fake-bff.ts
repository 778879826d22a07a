import type { ErrorCode } from '@sealcard/protocol'
import type { HttpRequest, HttpResponse, SendRequest } from '../../src/wx-request.js'

export type Reply = { status: number; body?: unknown; headers?: Record<string, string> } | 'down'

export interface FakeBff {
  request: SendRequest
  calls: HttpRequest[]
  /** `POST /v1/sessions` and the like, without the host. */
  lines(): string[]
  /** What was answered on one route. */
  given(line: string): Reply[]
  /** Answers one route; a list is used up one by one, its last for ever. */
  on(line: string, ...replies: Reply[]): void
}

export const problem = (
  status: number,
  code: ErrorCode,
  headers: Record<string, string> = {},
): Reply => ({
  status,
  headers,
  body: { type: `urn:sealcard:error:${code}`, title: 'x', status, code, requestId: 'req-1' },
})

export const BASE = 'https://bff.example'

/** A BFF that logs everyone in, with a new token each time. It knows only the routes that the test adds. */
export const fakeBff = (): FakeBff => {
  const calls: HttpRequest[] = []
  const routes = new Map<string, Reply[]>()
  const given = new Map<string, Reply[]>()
  let tokens = 0
  const lineOf = ({ method, url }: HttpRequest) => `${method} ${url.replace(BASE, '')}`

  const session = (): Reply => ({
    status: 201,
    body: { token: `T${++tokens}`, expiresAt: '2100-01-01T00:00:00Z', viewer: { id: 'V' } },
  })

  return {
    calls,
    lines: () => calls.map(lineOf),
    given: (line) => given.get(line) ?? [],
    on: (line, ...replies) => void routes.set(line, replies),
    async request(call): Promise<HttpResponse> {
      calls.push(call)
      const line = lineOf(call)
      const queue = routes.get(line)
      const reply =
        (queue && queue.length > 1 ? queue.shift() : queue?.[0]) ??
        (line === 'POST /v1/sessions' ? session() : problem(404, 'ERR_NOT_FOUND'))
      given.set(line, [...(given.get(line) ?? []), reply])
      await Promise.resolve()
      if (reply === 'down') throw new Error('request:fail')
      return { status: reply.status, headers: reply.headers ?? {}, body: reply.body }
    },
  }
}
