import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

const DIST = path.resolve(__dirname, '../../apps/web/dist')
/** As the BFF serves the page. */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
}

export interface Answer {
  status: number
  body?: unknown
}

/** Serves the built page below `/h5/` as the BFF does. A test writes the table of the API's answers. */
export class WebAppDouble {
  readonly #server: Server
  /** `GET /v1/cards?box=sent` → the answer. */
  readonly answers = new Map<string, Answer>()
  /** Every request that came, pages and API. */
  readonly asked: string[] = []
  /** Requests to the API without the header of a page. */
  readonly unmarked: string[] = []

  constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response)
    })
  }

  async start(): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  #answer(request: IncomingMessage, response: ServerResponse) {
    const { method = 'GET', url = '/' } = request
    this.asked.push(`${method} ${url}`)
    const { pathname } = new URL(url, this.url)
    if (pathname.startsWith('/v1/')) {
      if (request.headers['x-sealcard'] !== '1') this.unmarked.push(url)
      const answer = this.answers.get(`${method} ${url}`) ?? problem(404, 'ERR_NOT_FOUND')
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body))
      return
    }
    const page = ['/h5/', '/h5', '/h5/o'].includes(pathname)
    const file = page ? 'index.html' : pathname.replace(/^\/h5\//, '')
    const type = TYPES[path.extname(file)]
    if (type === undefined || file.includes('..')) {
      response.writeHead(404)
      response.end()
      return
    }
    const text = readFileSync(path.join(DIST, file))
    response.writeHead(200, {
      'content-type': type,
      ...(page ? { 'content-security-policy': PAGE_POLICY } : {}),
    })
    response.end(
      page
        ? text.toString().replace('</head>', '<meta name="sealcard-app" content="demo">\n</head>')
        : text,
    )
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((done) => this.#server.close(() => done()))
  }
}

export const problem = (status: number, code: string): Answer => ({
  status,
  body: { type: `urn:sealcard:error:${code}`, title: 'x', status, code, requestId: 'req-7Qd2' },
})
