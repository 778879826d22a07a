import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { TLSSocket } from 'node:tls'
import type { PostgresConfig } from '../../../src/core/config/config.js'
import { Secret } from '../../../src/core/config/secret.js'

/** Self-signed, for localhost and 127.0.0.1; it protects nothing. */
export const SELF_SIGNED = path.join(__dirname, 'self-signed.cert.pem')
const KEY = path.join(__dirname, 'self-signed.key.pem')

/** PostgreSQL's protocol 3.0, 55.7: SSLRequest, StartupMessage. */
const SSL_REQUEST = 80877103

/** The answer of a server that refuses a connection. */
export interface Refusal {
  readonly code: string
  readonly message: string
}

export interface FrontOptions {
  /** Speaks TLS, with the self-signed certificate. */
  readonly tls?: boolean
  /** Decides by the startup packet's parameters; undefined lets it through. */
  readonly refuse?: (parameters: Readonly<Record<string, string>>) => Refusal | undefined
  /** Takes these out of the packet, as PgBouncer does with `ignore_startup_parameters`. */
  readonly drop?: readonly string[]
}

/** Stands before a PostgreSQL (or before none) as a pooler or a managed server does. */
export class PostgresFront {
  /** The parameters of every startup packet that came. */
  readonly seen: Record<string, string>[] = []
  readonly #sockets = new Set<Socket>()

  private constructor(
    private readonly server: Server,
    private readonly behind: URL | undefined,
    private readonly options: FrontOptions,
  ) {
    server.on('connection', (socket) => this.#greet(this.#keep(socket)))
  }

  static async open(options: FrontOptions, behind?: PostgresConfig): Promise<PostgresFront> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new PostgresFront(server, behind && new URL(behind.url.reveal()), options)
  }

  /** The way through it. @param query such as `?sslmode=require` */
  database(query = '', name = 'postgres'): PostgresConfig {
    const { port } = this.server.address() as AddressInfo
    const url = `postgres://postgres:for-tests@127.0.0.1:${port}/${name}${query}`
    return { kind: 'postgres', url: new Secret(url) }
  }

  async stop(): Promise<void> {
    this.server.close()
    for (const socket of this.#sockets) socket.destroy()
    await once(this.server, 'close')
  }

  #greet(client: Socket): void {
    client.once('data', (bytes: Buffer) => {
      if (bytes.readInt32BE(4) !== SSL_REQUEST) return this.#startup(client, bytes)
      client.write(this.options.tls ? 'S' : 'N')
      if (!this.options.tls) return
      const [cert, key] = [readFileSync(SELF_SIGNED), readFileSync(KEY)]
      const secure = this.#keep(new TLSSocket(client, { isServer: true, cert, key }))
      secure.once('data', (packet: Buffer) => this.#startup(secure, packet))
    })
  }

  #startup(client: Socket, packet: Buffer): void {
    const words = packet.subarray(8).toString().split('\0')
    const parameters: Record<string, string> = {}
    for (let i = 0; words[i]; i += 2) parameters[words[i] ?? ''] = words[i + 1] ?? ''
    this.seen.push(parameters)
    const refusal = this.options.refuse?.(parameters)
    if (refusal || !this.behind) {
      return void client.end(errorResponse(refusal ?? { code: '57P03', message: 'nobody is here' }))
    }
    const server = this.#keep(connect(Number(this.behind.port), '127.0.0.1'))
    server.write(startupMessage(parameters, this.options.drop ?? []))
    client.pipe(server).pipe(client)
    client.on('close', () => server.destroy())
    server.on('close', () => client.destroy())
  }

  #keep<S extends Socket>(socket: S): S {
    this.#sockets.add(socket)
    socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket))
    return socket
  }
}

const startupMessage = (
  parameters: Readonly<Record<string, string>>,
  drop: readonly string[],
): Buffer => {
  const kept = Object.entries(parameters).filter(([name]) => !drop.includes(name))
  const body = Buffer.from(`${kept.flat().join('\0')}\0\0`)
  const head = Buffer.alloc(8)
  head.writeInt32BE(head.length + body.length, 0)
  head.writeInt32BE(196_608, 4)
  return Buffer.concat([head, body])
}

/** ErrorResponse. */
const errorResponse = ({ code, message }: Refusal): Buffer => {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`)
  const head = Buffer.alloc(5, 'E')
  head.writeInt32BE(4 + fields.length, 1)
  return Buffer.concat([head, fields])
}
