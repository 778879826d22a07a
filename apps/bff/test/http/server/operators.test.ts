import { MetricsServer } from '../../../src/http/health/metrics-server.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await TestApp.start({
    cors: { origins: ['https://cards.example.com'] },
    metrics: { host: '127.0.0.1', port: 0 },
  })
})
afterAll(() => app.stop())

const preflight = (origin: string) =>
  app.call('OPTIONS', '/v1/cards', {
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  })

test('a page of a configured origin may call the API, without cookies', async () => {
  const { status, headers } = await preflight('https://cards.example.com')
  expect(status).toBe(204)
  expect(headers).toMatchObject({ 'access-control-allow-origin': 'https://cards.example.com' })
  expect(headers).not.toHaveProperty('access-control-allow-credentials')
  const token = await app.login('alice')
  const origin = { origin: 'https://cards.example.com' }
  const list = await app.call('GET', '/v1/cards', { token, headers: origin })
  expect(list.status).toBe(200)
  expect(list.headers['access-control-allow-origin']).toBe('https://cards.example.com')
})

test.each([
  'https://cards.example.com.evil.example',
  'http://cards.example.com',
  'https://other.example',
  'null',
])('a page of %s gets no permission', async (origin) => {
  const { headers } = await preflight(origin)
  expect(headers).not.toHaveProperty('access-control-allow-origin')
})

test('without the setting nothing answers OPTIONS, and no origin is named', async () => {
  const other = await TestApp.start()
  const answer = await other.call('OPTIONS', '/v1/cards', {
    headers: { origin: 'https://a.example' },
  })
  expectProblem(answer, 'ERR_NOT_FOUND')
  expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  expect((await other.call('GET', '/metrics')).status).toBe(200)
  await other.stop()
})

test('metrics are at their own address, and nowhere else', async () => {
  expectProblem(await app.call('GET', '/metrics'), 'ERR_NOT_FOUND')
  const url = (await app.nest.get(MetricsServer).listen()) ?? ''
  const answer = await fetch(url)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(await answer.text()).toContain('sealcard_http_request_duration_seconds')
  expect((await fetch(url.replace('/metrics', '/v1/cards'))).status).toBe(404)
})
