import { inspect } from 'node:util'
import { type FakeAnswer, FakePlatform, faults, ManualClock, SeededRandom } from '@sealcard/testing'
import { z } from 'zod'
import type { PlatformHttpSettings } from '../../../src/platforms/calls/platform-call.js'
import { PlatformError, PlatformUnreachable } from '../../../src/platforms/calls/platform-error.js'
import { PlatformHealth } from '../../../src/platforms/calls/platform-health.js'
import { PlatformHttp } from '../../../src/platforms/calls/platform-http.js'
import { wechatApp } from '../../kit/sample-config.js'

/** These never end by themselves; only against them is the deadline short. */
const endless = new Set<string>(['blackHole', 'slowDrip'])
/** Long enough for a busy machine to get the request across before the deadline: what arrived is counted. */
const SHORT_MS = 1_000

const quick: Partial<PlatformHttpSettings> = {
  tryTimeoutMs: 15_000,
  connectTimeoutMs: 15_000,
  backoffMs: 1,
  breakerFailures: 100,
}

describe('PlatformHttp', () => {
  let platform: FakePlatform
  let http: PlatformHttp
  let health: PlatformHealth
  const open = (settings: Partial<PlatformHttpSettings> = {}): PlatformHttp => {
    health = new PlatformHealth(new ManualClock(), ['acme-wechat'])
    http = new PlatformHttp(new SeededRandom(), health, { ...quick, ...settings })
    return http
  }
  const ask = (idempotent = true, base = platform.base) =>
    http.call({
      app: wechatApp(base),
      operation: 'thing',
      method: 'GET',
      path: '/thing',
      query: { access_token: 'S3CRET-token', js_code: 'S3CRET-code' },
      schema: z.object({ access_token: z.string() }),
      idempotent,
    })
  const failure = async (idempotent?: boolean, base?: string): Promise<Error> => {
    const error = await ask(idempotent, base).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    return error as Error
  }

  beforeEach(async () => {
    platform = await FakePlatform.start()
    open()
  })
  afterEach(async () => {
    await platform.stop()
    await http.close()
  })

  it('puts the path after the prefix of apiBase and reads JSON whatever its type is called', async () => {
    platform.on('/thing', { access_token: 'a' })
    expect(await ask()).toEqual({ access_token: 'a' })
    expect(platform.requests[0]?.query.get('js_code')).toBe('S3CRET-code')
    expect(health.snapshot()[0]?.lastSuccessAt).toEqual(expect.any(Number))
  })

  it.each([0, '0', null, undefined])('takes errcode %p as success', async (errcode) => {
    platform.on('/thing', { access_token: 'a', errcode, errmsg: 'ok' })
    expect(await ask()).toEqual({ access_token: 'a' })
  })

  const bad: [keyof typeof faults, PlatformUnreachable['reason']][] = [
    ['blackHole', 'timeout'],
    ['slowDrip', 'timeout'],
    ['reset', 'reset'],
    ['resetMidBody', 'reset'],
    ['serverError', 'status'],
    ['badGateway', 'status'],
    ['html', 'body'],
    ['truncatedJson', 'body'],
    ['nothing', 'body'],
    ['huge', 'body'],
    ['array', 'shape'],
    ['wrongTypes', 'shape'],
    ['busy', 'busy'],
  ]

  it.each(bad)('D1 tries three times against %s, then says %s', async (fault, reason) => {
    if (endless.has(fault)) open({ tryTimeoutMs: SHORT_MS })
    platform.on('/thing', faults[fault])
    expect(await failure()).toMatchObject({ name: 'PlatformUnreachable', reason })
    expect(platform.count('/thing')).toBe(3)
    expect(health.snapshot()[0]?.lastError).toMatchObject({ operation: 'thing', code: reason })
  })

  it.each(bad)('D1 asks once against %s what may be asked once only', async (fault, reason) => {
    if (endless.has(fault)) open({ tryTimeoutMs: SHORT_MS })
    platform.on('/thing', faults[fault])
    expect(await failure(false)).toMatchObject({ reason })
    expect(platform.count('/thing')).toBe(1)
  })

  it.each(bad)('D1 recovers from one %s', async (fault) => {
    if (endless.has(fault)) open({ tryTimeoutMs: SHORT_MS })
    platform.next('/thing', faults[fault]).on('/thing', { access_token: 'a' })
    expect(await ask()).toEqual({ access_token: 'a' })
  })

  it('D1 tries a refused connection again, whatever is asked', async () => {
    const gone = platform.base
    await platform.stop()
    expect(await failure(false, gone)).toMatchObject({ reason: 'refused' })
    expect(health.snapshot()[0]?.lastError?.code).toBe('refused')
    platform = await FakePlatform.start()
  })

  it.each<[FakeAnswer, number]>([
    [{ errcode: 40029, errmsg: 'invalid code, rid: 62de9a0b-7149b5f1-2eee4908' }, 40029],
    [{ errcode: '42001', errmsg: 'access_token expired' }, 42001],
    [{ errcode: 45009, errmsg: 'reach max api daily quota limit' }, 45009],
  ])('D1 gives the platform its own word: %j', async (answer, errcode) => {
    platform.on('/thing', answer)
    const error = await failure()
    expect(error).toBeInstanceOf(PlatformError)
    expect(error).toMatchObject({ errcode, operation: 'thing' })
    expect(platform.count('/thing')).toBe(1)
  })

  it("keeps the platform's id of the request", async () => {
    platform.on('/thing', { errcode: 40029, errmsg: 'invalid code, rid: 62de9a0b-7149b5f1' })
    expect(await failure()).toMatchObject({ rid: '62de9a0b-7149b5f1' })
    platform.on('/thing', {
      errcode: 42001,
      errmsg: 'expired, hint: [1576065934_28_e0fa], from ip',
    })
    expect(await failure()).toMatchObject({ rid: '1576065934_28_e0fa' })
  })

  it('shows neither secrets nor control characters in any error', async () => {
    open({ tryTimeoutMs: SHORT_MS })
    const echo = { errcode: 1, errmsg: 'bad S3CRET-token\r\nand S3CRET-code' }
    for (const answer of [echo, ...Object.values(faults)]) {
      platform.on('/thing', answer)
      const error = await failure()
      const print = `${inspect(error, { depth: 9 })} ${JSON.stringify(error)} ${error.message}`
      expect(print).not.toContain('S3CRET')
      expect(error.message).not.toMatch(/[\r\n]/)
    }
  })

  it('shows no secret from deep inside a body in any error', async () => {
    platform.on('/thing', { errcode: 1, errmsg: 'bad S3CRET-inner and S3CRET-listed' })
    const error: unknown = await http
      .call({
        app: wechatApp(platform.base),
        operation: 'thing',
        method: 'POST',
        path: '/thing',
        body: { text: { content: 'S3CRET-inner' }, list: ['S3CRET-listed'] },
        schema: z.object({}),
        idempotent: false,
      })
      .catch((reason: unknown) => reason)
    expect((error as Error).message).toContain('bad [secret] and [secret]')
  })

  it('jitters the pauses between tries', async () => {
    const waits: number[] = []
    const spy = jest.spyOn(global, 'setTimeout')
    open({ backoffMs: 8 })
    platform.on('/thing', faults.serverError)
    await Promise.all([failure(), failure(), failure()])
    for (const [, ms] of spy.mock.calls) if (ms && ms > 3 && ms < 25) waits.push(ms)
    spy.mockRestore()
    expect(waits).toHaveLength(6)
    expect(new Set(waits).size).toBe(6)
    expect(waits.every((ms) => ms >= 4 && ms < 24)).toBe(true)
  })

  it('D1 opens the circuit after 5 failures in a row and closes it by one success', async () => {
    jest.useFakeTimers({ doNotFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'nextTick'] })
    try {
      open({ breakerFailures: 5, breakerOpenMs: 3_000 })
      platform.on('/thing', faults.serverError)
      await failure()
      expect(health.snapshot()[0]?.breaker).toBe('closed')
      expect(await failure()).toMatchObject({ reason: 'open' })
      expect(health.snapshot()[0]?.breaker).toBe('open')
      expect(await failure()).toMatchObject({ reason: 'open' })
      expect(platform.count('/thing')).toBe(5)

      jest.setSystemTime(Date.now() + 3_001)
      platform.on('/thing', { errcode: 45009 })
      expect(await failure()).toBeInstanceOf(PlatformError)
      expect(health.snapshot()[0]?.breaker).toBe('closed')
    } finally {
      jest.useRealTimers()
    }
  })

  it('D1 opens the circuit after 2 timeouts in a row: one caller at a time need not wait for five', async () => {
    open({ breakerFailures: 5, tryTimeoutMs: SHORT_MS, breakerOpenMs: 60_000 })
    platform.on('/thing', faults.blackHole)
    expect(await failure()).toMatchObject({ reason: 'open' })
    expect(platform.count('/thing')).toBe(2)
  })

  it('D1 what may be down alone has a circuit of its own; the worst of them is shown', async () => {
    open({ breakerFailures: 3, breakerOpenMs: 60_000 })
    const token = () =>
      http.call({
        app: wechatApp(platform.base),
        operation: 'token',
        method: 'GET',
        path: '/token',
        schema: z.object({}),
        idempotent: true,
        apart: true,
      })
    platform.on('/token', faults.serverError)
    platform.on('/thing', { access_token: 'a' })
    await expect(token()).rejects.toBeInstanceOf(PlatformUnreachable)
    for (let n = 0; n < 3; n++) {
      expect(await ask()).toEqual({ access_token: 'a' })
      await expect(token()).rejects.toMatchObject({ reason: 'open' })
    }
    expect(platform.count('/token')).toBe(3)
    expect(health.snapshot()[0]?.breaker).toBe('open')
  })

  it('keeps the circuit closed for errors of the platform itself', async () => {
    open({ breakerFailures: 2 })
    platform.on('/thing', { errcode: 40029 })
    for (let i = 0; i < 5; i++) expect(await failure()).toBeInstanceOf(PlatformError)
    expect(health.snapshot()[0]?.breaker).toBe('closed')
  })
})
