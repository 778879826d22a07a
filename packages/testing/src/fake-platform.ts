import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PlatformRequest {
  method: string
  path: string
  query: URLSearchParams
  body: string
}

/** How to answer: JSON, or whatever a bad hour does to a connection. */
export type FakeAnswer = object | ((response: ServerResponse, request: PlatformRequest) => void)

const text =
  (body: string, status = 200, type = 'application/json') =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': type }).end(body)
  }

/** What can happen between us and a platform; each is an answer. */
export const faults = {
  blackHole: (): void => {},
  reset: (response: ServerResponse): void => {
    response.socket?.resetAndDestroy()
  },
  resetMidBody: (response: ServerResponse): void => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('{"access_', () => response.socket?.resetAndDestroy())
  },
  slowDrip: (response: ServerResponse): void => {
    response.writeHead(200)
    const timer = setInterval(() => response.write(' '), 5)
    response.on('close', () => clearInterval(timer))
  },
  serverError: text('{"errcode":0}', 500),
  badGateway: text('<html><h1>502 Bad Gateway</h1></html>', 502, 'text/html'),
  html: text('<html>login to the wifi</html>', 200, 'text/html'),
  truncatedJson: text('{"access_token":"abc","expires_i'),
  array: text('[]'),
  nothing: text(''),
  wrongTypes: text('{"access_token":1,"expires_in":{},"openid":1,"activity_id":[]}'),
  huge: (response: ServerResponse): void => {
    response.writeHead(200).end('x'.repeat(300_000))
  },
  busy: { errcode: -1, errmsg: 'system error' },
} as const

/** A platform whose answers a test decides, path by path; counts what it was asked. */
export class FakePlatform {
  readonly requests: PlatformRequest[] = []
  readonly #queues = new Map<string, FakeAnswer[]>()
  readonly #standing = new Map<string, FakeAnswer>()

  private constructor(
    private readonly server: Server,
    readonly base: string,
  ) {}

  static async start(): Promise<FakePlatform> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const fake = new FakePlatform(server, `http://127.0.0.1:${port}/prefix`)
    server.on('request', (request, response) => void fake.#serve(request, response))
    return fake
  }

  /** Answers `path` this way from now on. */
  on(path: string, answer: FakeAnswer): this {
    this.#standing.set(path, answer)
    return this
  }

  /** Answers the next requests of `path` these ways, in this order. */
  next(path: string, ...answers: FakeAnswer[]): this {
    this.#queues.set(path, [...(this.#queues.get(path) ?? []), ...answers])
    return this
  }

  /** How often `path` was asked. */
  count(path: string): number {
    return this.requests.filter((request) => request.path === path).length
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? '', 'http://fake')
    const chunks: Buffer[] = []
    for await (const chunk of message) chunks.push(chunk as Buffer)
    const request: PlatformRequest = {
      method: message.method ?? '',
      path: url.pathname.replace('/prefix', ''),
      query: url.searchParams,
      body: Buffer.concat(chunks).toString(),
    }
    this.requests.push(request)
    const answer = this.#queues.get(request.path)?.shift() ?? this.#standing.get(request.path)
    if (typeof answer === 'function') return answer(response, request)
    // As the platforms do: a type that doesn't say JSON.
    response.writeHead(answer ? 200 : 404, { 'content-type': 'text/plain' })
    response.end(JSON.stringify(answer ?? {}))
  }
}
