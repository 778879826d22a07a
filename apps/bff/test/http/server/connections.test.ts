import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { createAdapter } from '../../../src/http/server/adapter.js'
import { replyWithProblem } from '../../../src/http/server/client-error-handler.js'
import { testConfig } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'

const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

/** A connection, and everything that is answered on it until it ends. */
const open = (port: number) => {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  let text = ''
  socket.on('data', (chunk) => (text += String(chunk)))
  const closed = once(socket, 'close').then(() => text)
  return { socket, closed }
}
const statusOf = (text: string) => /^HTTP\/1\.1 (\d+)/.exec(text)?.[1]

describe('over a connection', () => {
  let app: TestApp
  let port: number
  beforeEach(async () => {
    app = await TestApp.start()
    await app.nest.listen(0, '127.0.0.1')
    port = (app.nest.getHttpServer().address() as AddressInfo).port
  })
  afterEach(() => app.stop())

  test('two Host headers are refused, whatever they say', async () => {
    for (const [one, two] of ['a', 'a', 'b'].map((host) => ['a', host])) {
      const { socket, closed } = open(port)
      socket.write(
        `GET /readyz HTTP/1.1\r\nHost: ${one}\r\nhOST: ${two}\r\nConnection: close\r\n\r\n`,
      )
      const text = await closed
      expect(statusOf(text)).toBe('400')
      expect(text).toContain('"issues":[{"path":"Host","message":"is there twice"}]')
    }
    const { socket, closed } = open(port)
    socket.write('GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    expect(statusOf(await closed)).toBe('200')
  })

  test('a body that comes behind a whole request spoils no answer', async () => {
    const token = await app.login('alice')
    const { socket, closed } = open(port)
    // As Node’s http.request sends a body with DELETE: without its length.
    socket.write(
      `DELETE /v1/sessions/current HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n\r\n{}`,
    )
    const text = await closed
    expect(statusOf(text)).toBe('204')
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1)
    expect((await app.call('GET', '/v1/cards', { token })).status).toBe(401)
  })

  test('what is no HTTP inside a request is refused at once', async () => {
    const { socket, closed } = open(port)
    socket.write('POST /v1/sessions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n')
    socket.write('Content-Type: application/json\r\n\r\nzz\r\n')
    expect(statusOf(await closed)).toBe('400')
  })
})

describe('DELETE of a session', () => {
  test.each([
    ['nothing', undefined],
    ['an empty body', ''],
    ['{}', '{}'],
  ])('takes %s as JSON', async (_, payload) => {
    const app = await TestApp.start()
    const token = await app.login('alice')
    const answer = await app.nest.inject({
      method: 'DELETE',
      url: '/v1/sessions/current',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(payload !== undefined && { payload }),
    })
    expect([answer.statusCode, answer.payload]).toEqual([204, ''])
    await app.stop()
  })
})

describe('a request that comes too slowly', () => {
  let server: FastifyInstance
  afterEach(() => server.close())

  test.each([
    ['whose body is waited for', '/wanted', '400'],
    ['whose body nobody wants', '/refused', '401'],
  ])(
    '%s holds its connection no longer than it may',
    async (_, path, status) => {
      const timeouts = { requestMs: 100, checkMs: 20 }
      const adapter = createAdapter(testConfig(':memory:'), timeouts)
      server = adapter.getInstance()
      server.post('/wanted', async () => 'read')
      server.post(
        '/refused',
        { onRequest: async (_request, reply) => reply.code(401).send() },
        () => '',
      )
      replyWithProblem(server.server)
      await server.listen({ port: 0, host: '127.0.0.1' })
      const { socket, closed } = open((server.server.address() as AddressInfo).port)
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
      )
      const text = await closed
      expect(statusOf(text)).toBe(status)
      // A client that has its answer gets no second one.
      expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1)
    },
    20_000,
  )
})
