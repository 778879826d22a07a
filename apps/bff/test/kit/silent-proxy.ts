import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { PostgresConfig } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'

/** Stands before a database, and can fall silent as a host does that is gone: nothing comes, and nothing is closed. */
export class SilentProxy {
  readonly #sockets = new Set<Socket>()
  #links = new Set<{ silent: boolean }>()
  #silent = false
  #last: string | undefined

  private constructor(
    private readonly server: Server,
    /** The way through it. */
    readonly database: PostgresConfig,
  ) {}

  static async before({ url }: PostgresConfig): Promise<SilentProxy> {
    const there = new URL(url.reveal())
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const here = new URL(there)
    here.port = String((server.address() as AddressInfo).port)
    const proxy = new SilentProxy(server, { kind: 'postgres', url: new Secret(here.href) })
    server.on('connection', (client) => proxy.#link(client, Number(there.port)))
    return proxy
  }

  /** From now on; what comes anew is taken and not answered. */
  fallSilent(): void {
    this.#silent = true
    for (const link of this.#links) link.silent = true
    this.#links = new Set()
  }

  /** Once the database was sent this: its answer does not come. */
  fallSilentAfter(sent: string): void {
    this.#last = sent
  }

  /** Passes on what comes anew; what was silenced stays so. */
  speakAgain(): void {
    this.#silent = false
  }

  async stop(): Promise<void> {
    this.server.close()
    for (const socket of this.#sockets) socket.destroy()
    await once(this.server, 'close')
  }

  #link(client: Socket, port: number): void {
    this.#keep(client)
    if (this.#silent) return
    const database = this.#keep(connect(port, '127.0.0.1'))
    const link = { silent: false }
    this.#links.add(link)
    client.on('data', (bytes) => {
      if (link.silent) return
      database.write(bytes)
      if (this.#last === undefined || !bytes.includes(this.#last)) return
      this.#last = undefined
      this.fallSilent()
    })
    database.on('data', (bytes) => link.silent || client.write(bytes))
    client.on('close', () => link.silent || database.destroy())
    database.on('close', () => link.silent || client.destroy())
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket)
    return socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket))
  }
}
