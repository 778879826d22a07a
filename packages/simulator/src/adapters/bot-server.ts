import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface BotServerRoutes {
  /** `POST …/cgi-bin/aibot/response`. */
  respond(code: string, body: string): object
  /** `GET /bot-media/:code`; null: gone. */
  media(code: string): Buffer | null
}

export interface BotServer {
  origin: string
  close(): Promise<void>
}

const read = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

/** Where a bot without a whole simulator around it posts its later answers and fetches media. Does not keep the process alive. */
export const startBotServer = async (routes: BotServerRoutes): Promise<BotServer> => {
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://bot.invalid')
      if (url.pathname === '/qyapi.weixin.qq.com/cgi-bin/aibot/response') {
        const body = routes.respond(
          url.searchParams.get('response_code') ?? '',
          await read(request),
        )
        response.setHeader('content-type', 'application/json; charset=utf-8')
        response.end(JSON.stringify(body))
        return
      }
      const bytes = routes.media(/^\/bot-media\/(\w+)$/.exec(url.pathname)?.[1] ?? '')
      response.statusCode = bytes === null ? 404 : 200
      response.end(bytes ?? '')
    })().catch(() => response.destroy())
  })
  server.unref()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
