import type { AddressInfo } from 'node:net'
import { createServer, request as ask, type Server } from 'node:http'

/** One answer of the service, whole. */
export interface RecordedAnswer {
  readonly method: string
  readonly path: string
  /** The bearer token that was sent; empty without one. */
  readonly token: string
  readonly status: number
  /** Status line, headers and body. */
  readonly bytes: Buffer
}

/** Stands before the service and keeps every answer. */
export class RecordingProxy {
  readonly answers: RecordedAnswer[] = []
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(target: string): Promise<RecordingProxy> {
    const server = createServer((incoming, outgoing) => {
      const { method = 'GET', url = '/', headers } = incoming
      const onward = ask(`${target}${url}`, { method, headers }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          const body = Buffer.concat(chunks)
          const status = answer.statusCode ?? 0
          const token = (headers.authorization ?? '').replace(/^Bearer /i, '')
          const head = Buffer.from(`${status} ${JSON.stringify(answer.rawHeaders)}\n`)
          proxy.answers.push({
            method,
            path: url,
            token,
            status,
            bytes: Buffer.concat([head, body]),
          })
          outgoing.writeHead(status, answer.headers).end(body)
        })
      })
      onward.on('error', () => outgoing.destroy())
      incoming.pipe(onward)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const proxy = new RecordingProxy(server, `http://127.0.0.1:${port}`)
    return proxy
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}
