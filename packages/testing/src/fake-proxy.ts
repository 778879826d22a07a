import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** A forward proxy that makes a tunnel to one server, whatever name it is asked for. */
export class FakeProxy {
  /** What it was asked for: `host:port`, and the credentials. */
  readonly asked: { target: string; credentials: string | undefined }[] = []
  /** Answers this instead of making a tunnel. */
  refuse: number | undefined
  readonly #sockets = new Set<Socket>()

  private constructor(
    private readonly server: Server,
    /** `host:port`. */
    readonly at: string,
  ) {}

  /** @param behind the URL of the server that all tunnels lead to */
  static async start(behind: string): Promise<FakeProxy> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const proxy = new FakeProxy(server, `127.0.0.1:${port}`)
    server.on('connect', (request, client: Socket) => {
      proxy.#keep(client)
      const credentials = request.headers['proxy-authorization']
      proxy.asked.push({ target: request.url ?? '', credentials })
      if (proxy.refuse !== undefined) {
        return void client.end(`HTTP/1.1 ${proxy.refuse} No\r\ncontent-length: 0\r\n\r\n`)
      }
      const there = proxy.#keep(connect(Number(new URL(behind).port), '127.0.0.1'))
      client.write('HTTP/1.1 200 Connected\r\n\r\n')
      client.pipe(there).pipe(client)
    })
    return proxy
  }

  async stop(): Promise<void> {
    this.server.close()
    this.server.closeAllConnections()
    for (const socket of this.#sockets) socket.destroy()
    await once(this.server, 'close')
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket)
    return socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket))
  }
}
