/** What is no HTTP, or too much of it, never reaches a route: it gets the same form of refusal from a real socket. */
import { type AddressInfo, connect } from 'node:net'
import { ERRORS, Problem } from '@sealcard/protocol'
import { IN_MEMORY } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await TestApp.start(IN_MEMORY)
  await app.nest.listen(0, '127.0.0.1')
})
afterAll(() => app.stop())

/** Everything that the service says to these bytes before it hangs up. */
const say = (bytes: string) =>
  new Promise<string>((resolve, reject) => {
    const { port } = app.nest.getHttpServer().address() as AddressInfo
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let heard = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk))
    socket.on('close', () => resolve(heard)).on('error', reject)
  })

test.each([
  ['a request line that is none', 'hello\r\n\r\n', 'ERR_INPUT'],
  ['a method that is none', 'FETCH /v1/cards HTTP/1.1\r\nHost: h\r\n\r\n', 'ERR_INPUT'],
  ['a header that is none', 'GET /v1/cards HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n', 'ERR_INPUT'],
  ['HTTP/1.1 without a host', 'GET /v1/cards HTTP/1.1\r\nConnection: close\r\n\r\n', 'ERR_INPUT'],
  [
    'a tunnel',
    'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n',
    'ERR_NOT_FOUND',
  ],
  [
    'headers above 16 KiB',
    `GET /v1/cards HTTP/1.1\r\nHost: h\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    'ERR_TOO_LARGE',
  ],
] as const)('%s is refused in the form of every other refusal', async (_, bytes, code) => {
  const heard = await say(bytes)
  const [head = '', body = ''] = heard.split('\r\n\r\n')
  const [statusLine, ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(lines.map((line) => line.toLowerCase().split(': ')))
  const problem = Problem.strict().parse(JSON.parse(body))
  expect(statusLine).toContain(` ${ERRORS[code].status} `)
  expect(problem).toMatchObject({ code, status: ERRORS[code].status })
  expect(headers).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(body.length),
    'x-request-id': problem.requestId.toLowerCase(),
    connection: 'close',
  })
})

test('an expectation that is not known changes nothing', async () => {
  const heard = await say(
    'GET /healthz HTTP/1.1\r\nHost: h\r\nExpect: magic\r\nConnection: close\r\n\r\n',
  )
  expect(heard).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(heard.toLowerCase()).toContain('\r\nx-request-id: ')
})

test('a client that sends one does not keep others from being served', async () => {
  await Promise.all(Array.from({ length: 20 }, () => say('hello\r\n\r\n')))
  expect((await app.call('GET', '/readyz')).status).toBe(200)
})
