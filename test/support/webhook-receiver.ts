import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

const KEY = Buffer.from('the end-to-end tests know this key')

interface Told {
  readonly id: string
  readonly type: string
  readonly cardId: string
}

/** What becomes of a request; `lost`: it is taken, and the answer does not arrive. */
export type Fate = 'taken' | 'failed' | 'lost'

/** A receiver of webhooks that knows the specification and no library: HMAC-SHA256 over id, time and body. */
export const startWebhookReceiver = async (fate: () => Fate) => {
  /** What it took, in the order of arrival, also what came again. */
  const told: Told[] = []
  const refused: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      if (!isSigned(request.headers, text)) {
        refused.push(text)
        response.writeHead(401).end()
        return
      }
      const now = fate()
      if (now !== 'failed') {
        const { type, data } = JSON.parse(text)
        told.push({ id: String(request.headers['webhook-id']), type, cardId: data.cardId })
      }
      if (now === 'lost') response.destroy()
      else response.writeHead(now === 'taken' ? 204 : 500).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    told,
    refused,
    config: {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      secret: `whsec_${KEY.toString('base64')}`,
      allowPrivate: true,
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

const isSigned = (headers: IncomingHttpHeaders, text: string): boolean => {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': given } = headers
  const signed = `${String(id)}.${String(time)}.${text}`
  const right = Buffer.from(`v1,${createHmac('sha256', KEY).update(signed).digest('base64')}`)
  const said = Buffer.from(String(given))
  return said.length === right.length && timingSafeEqual(said, right)
}
