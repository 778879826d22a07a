import { PinoLogger } from 'nestjs-pino'
import type { Config } from '../../../src/core/config/config.js'
import { IN_MEMORY } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
const told = jest.spyOn(PinoLogger.prototype, 'error')
beforeEach(() => told.mockReset())
afterEach(() => app.stop())

/** As a file that says nothing about proxies; or as it says. */
const start = async (trustedProxies?: Config['trustedProxies']) => {
  // Of the configuration for tests, the key is taken away.
  const change = { ...IN_MEMORY, trustedProxies } as Partial<Config>
  app = await TestApp.start(change)
}

const ask = async (remoteAddress: string, headers: Record<string, string>) => {
  const response = await app.nest.inject({ method: 'GET', url: '/readyz', remoteAddress, headers })
  expect(response.statusCode).toBe(200)
}
const forwarded = { 'x-forwarded-for': '203.0.113.7' }

const counted = async () =>
  /^sealcard_http_untrusted_proxy_total (\d+)$/m.exec((await app.call('GET', '/metrics')).text)?.[1]

describe('a service behind a proxy that the configuration does not name', () => {
  test.each([
    ['X-Forwarded-For', '127.0.0.1', forwarded],
    ['Forwarded', '::1', { forwarded: 'for=203.0.113.7' }],
    ['X-Forwarded-For', '::ffff:172.17.0.1', forwarded],
  ])('logs once that it gets %s from %s, and counts how often', async (_, proxy, headers) => {
    await start()
    await ask(proxy, {})
    expect(told).not.toHaveBeenCalled()
    for (let i = 0; i < 3; i++) await ask(proxy, headers)
    expect(told.mock.calls).toEqual([
      [{ proxy }, expect.stringMatching(/trustedProxies does not name.*Add it to trustedProxies/)],
    ])
    expect(await counted()).toBe('3')
  })

  test('logs a second proxy beside one that is trusted', async () => {
    await start(['127.0.0.1'])
    await ask('127.0.0.1', forwarded)
    expect(told).not.toHaveBeenCalled()
    await ask('10.0.0.6', forwarded)
    expect(told.mock.calls[0]?.[0]).toEqual({ proxy: '10.0.0.6' })
  })

  test('logs nothing where no proxy is wanted, and nothing about a stranger who sends such a header', async () => {
    await start([])
    await ask('127.0.0.1', forwarded)
    await app.stop()
    await start()
    await ask('198.51.100.66', forwarded)
    expect(told).not.toHaveBeenCalled()
    expect(await counted()).toBe('0')
  })
})
