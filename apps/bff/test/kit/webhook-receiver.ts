import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebhookMessage } from '@sealcard/protocol'
import { Webhook } from 'standardwebhooks'
import type { Fact } from '../../src/audit/audit.entities.js'
import type { Config, WebhookConfig } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'
import { WebhookWorker } from '../../src/webhooks/delivery/worker.js'
import { testConfig, WECHAT } from './config.js'
import type { TestApp } from './test-app.js'

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`

interface Received {
  readonly id: string
  readonly message: WebhookMessage
  /** As it came. */
  readonly text: string
  /** Seconds; of this try. */
  readonly timestamp: number
  readonly headers: Record<string, string>
}

type Answering = (response: ServerResponse, received: Received) => void

/** A server of an adopter's, as the documentation says to write one: it verifies each request with the library. */
export class WebhookReceiver {
  /** Every request, in the order of arrival. */
  readonly requests: Received[] = []
  /** The same, of those that were answered 2xx. */
  readonly taken: Received[] = []
  /** Requests whose signature or time the library refuses. */
  readonly refused: string[] = []
  /** What it answers; a status, or a function that answers. */
  answer: number | Answering = 204

  private constructor(
    private readonly server: Server,
    private readonly secret: string,
    readonly path: string,
  ) {}

  static async start({ secret = SECRET, path = '/hook' } = {}): Promise<WebhookReceiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        receiver.#take(text, request.headers as Record<string, string>, response)
      })
    })
    const receiver = new WebhookReceiver(server, secret, path)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.path}`
  }

  /** Its entry of `apps[].webhooks`. */
  config(change: Partial<WebhookConfig> = {}): WebhookConfig {
    return { url: this.url, secret: new Secret(this.secret), allowPrivate: true, ...change }
  }

  get types(): string[] {
    return this.taken.map(({ message }) => message.type)
  }

  /** Closes what is open, too. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve))
    this.server.closeAllConnections()
    await closed
  }

  #take(text: string, headers: Record<string, string>, response: ServerResponse): void {
    try {
      // The clocks of tests stand still: the time is compared by those who need it.
      const timestamp = String(headers['webhook-timestamp'])
      const again = new Webhook(this.secret).sign(
        String(headers['webhook-id']),
        new Date(Number(timestamp) * 1000),
        text,
      )
      const signatures = String(headers['webhook-signature']).split(' ')
      if (!signatures.includes(again)) throw new TypeError('another signature')
      const message = WebhookMessage.parse(JSON.parse(text))
      const received = {
        id: String(headers['webhook-id']),
        message,
        text,
        timestamp: Number(timestamp),
        headers,
      }
      this.requests.push(received)
      if (typeof this.answer === 'function') return this.answer(response, received)
      if (this.answer < 300) this.taken.push(received)
      response.writeHead(this.answer).end()
    } catch (error) {
      this.refused.push((error as Error).message)
      response.writeHead(400).end()
    }
  }
}

/** The apps of a test, the WeChat app with these webhooks. */
export const appsWith = (webhooks: WebhookConfig[], app = WECHAT): Pick<Config, 'apps'> => ({
  apps: testConfig('').apps.map((one) => (one.id === app ? { ...one, webhooks } : one)),
})

/** Resolves when every message that was due has been tried. */
export const told = (app: TestApp): Promise<void> =>
  app.nest.get(WebhookWorker, { strict: false }).settled()

/** A fact with an event, and a number that the receiver sees. */
export const numbered = (cardId: string, n: number): Fact => ({
  kind: 'opening.acknowledge',
  actor: 'nobody',
  subject: String(n),
  decision: 'done',
  about: { app: WECHAT, cardId, openingId: String(n) },
})

export const numberOf = ({ message }: Received): number => Number(message.data.openingId)
