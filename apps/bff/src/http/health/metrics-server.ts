import { createServer, type Server } from 'node:http'
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { CONFIG, type Config } from '../../core/config/config.js'
import { Metrics } from '../../observability/metrics.js'

/** The metrics at an address of their own, which a reverse proxy does not serve. */
@Injectable()
export class MetricsServer implements OnApplicationShutdown {
  #server: Server | undefined

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  /** @returns its address; undefined when `metrics` is not configured @throws the system's error */
  async listen(): Promise<string | undefined> {
    const { metrics } = this.config
    if (!metrics) return undefined
    const server = createServer((request, response) => {
      if (request.url !== '/metrics') response.writeHead(404).end()
      else
        this.metrics.text().then(
          (text) => response.writeHead(200, METRICS_TYPE).end(text),
          () => response.writeHead(500).end(),
        )
    })
    this.#server = server
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(metrics.port, metrics.host, resolve)
    })
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : metrics.port
    return `http://${metrics.host}:${port}/metrics`
  }

  /** Last of all: what the end of the service counts can still be read. */
  async onApplicationShutdown(): Promise<void> {
    const server = this.#server
    if (!server?.listening) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

const METRICS_TYPE = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }
