import type { ErrorCode } from '@sealcard/protocol'
import type { HttpRequest, HttpResponse, SendRequest } from '../wx-request.js'

/** An answer of the service; `down`: none comes. */
export type BffReply = { status: number; body?: unknown; headers?: Record<string, string> } | 'down'

export interface FakeBff {
  /** Hand it to `createBffClient` as `request`. */
  request: SendRequest
  calls: HttpRequest[]
  /** `POST /v1/sessions` and the like, without the host. */
  lines(): string[]
  /** What was answered on one route. */
  given(line: string): BffReply[]
  /** Answers one route; a list is used up one by one, its last for ever. */
  on(line: string, ...replies: BffReply[]): void
}

/** A refusal, as the service writes it. */
export const problem = (
  status: number,
  code: ErrorCode,
  headers: Record<string, string> = {},
): BffReply => ({
  status,
  headers,
  body: { type: `urn:sealcard:error:${code}`, title: 'x', status, code, requestId: 'req-1' },
})

/** The address that `fakeBff` answers at, unless another one is given. */
export const BASE = 'https://bff.example'

/** A BFF that logs everyone in, with a new token each time. It knows only the routes that the test adds. */
export const fakeBff = (baseUrl: string = BASE): FakeBff => {
  const calls: HttpRequest[] = []
  const routes = new Map<string, BffReply[]>()
  const given = new Map<string, BffReply[]>()
  let tokens = 0
  const lineOf = ({ method, url }: HttpRequest) => `${method} ${url.replace(baseUrl, '')}`

  const session = (): BffReply => ({
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
