import { FakePlatform, ManualClock, SeededRandom } from '@sealcard/testing'
import { asApiError } from '../../src/http/problems/problem.js'
import { RequestLog, withoutValues } from '../../src/observability/request-log.js'
import { PlatformHealth } from '../../src/platforms/calls/platform-health.js'
import { PlatformHttp } from '../../src/platforms/calls/platform-http.js'
import { WechatClient } from '../../src/platforms/wechat/wechat.js'
import { WecomClient } from '../../src/platforms/wecom/wecom.js'
import { wechatApp, wecomApp } from '../kit/sample-config.js'

let platform: FakePlatform
let http: PlatformHttp
beforeEach(async () => {
  platform = await FakePlatform.start()
  const health = new PlatformHealth(new ManualClock(), ['acme-wechat', 'acme-wecom'])
  const settings = { tryTimeoutMs: 15_000, connectTimeoutMs: 15_000, backoffMs: 1 }
  http = new PlatformHttp(new SeededRandom(), health, settings)
})
afterEach(async () => {
  await platform.stop()
  await http.close()
})

/** The line that the service writes when a request fails for this reason. */
const lineOf = (error: unknown): Record<string, unknown> => {
  const lines: Record<string, unknown>[] = []
  const logger = {
    setContext: () => {},
    logger: { child: () => ({}) },
    error: (line: object) => void lines.push({ ...line }),
  }
  const request = { method: 'POST', routeOptions: { url: '/v1/sessions' } }
  new RequestLog(logger as never).failed(request as never, asApiError(error))
  expect(lines).toHaveLength(1)
  return lines[0] ?? {}
}
const thrown = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )
const tokens = {
  withToken: <T>(_: unknown, work: (token: string) => Promise<T>) => work('T0KEN-1'),
}

test('a refusal of WeCom’s is logged with app, operation, errcode and address, and without a stack', async () => {
  platform.on('/cgi-bin/miniprogram/jscode2session', {
    errcode: 60020,
    errmsg:
      'not allow to access from your ip, hint: [1700000000123456], from ip: 203.0.113.9, more',
  })
  const wecom = new WecomClient({ http, tokens, random: new SeededRandom() })
  const line = lineOf(await thrown(wecom.exchangeCode(wecomApp(platform.base), 'C0DE-of-login')))
  expect(line).toEqual({
    method: 'POST',
    route: '/v1/sessions',
    code: 'ERR_PLATFORM_UNAVAILABLE',
    err: {
      type: 'PlatformError',
      code: 'ERR_PLATFORM',
      app: 'acme-wecom',
      operation: 'miniprogram/jscode2session',
      errcode: 60020,
      rid: '1700000000123456',
      address: '203.0.113.9',
    },
  })
})

test('an invalid answer is logged with app, operation and reason, and without a stack', async () => {
  platform.on('/sns/jscode2session', (response) => response.writeHead(502).end('<html>'))
  const wechat = new WechatClient({ http, tokens })
  const { err } = lineOf(
    await thrown(wechat.exchangeCode(wechatApp(platform.base), 'C0DE-of-login')),
  )
  expect(err).toEqual({
    type: 'PlatformUnreachable',
    code: 'ERR_PLATFORM_UNREACHABLE',
    app: 'acme-wechat',
    operation: 'jscode2session',
    reason: 'status',
    detail: '502',
  })
})

test('what a platform says of a person stays out of the log', async () => {
  platform.on('/sns/jscode2session', { errcode: 45009, errmsg: 'userid alice, ip 203.0.113.9' })
  const wechat = new WechatClient({ http, tokens })
  const error = await thrown(wechat.exchangeCode(wechatApp(platform.base), 'C0DE-of-login'))
  const line = JSON.stringify(withoutValues(error))
  expect(line).toContain('"errcode":45009')
  expect(line).not.toMatch(/alice|203\.0\.113\.9|C0DE/)
})
