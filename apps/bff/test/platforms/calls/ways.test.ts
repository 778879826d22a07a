import { FakePlatform, FakeProxy, ManualClock, SeededRandom } from '@sealcard/testing'
import { z } from 'zod'
import type { AppConfig, ProxiesConfig } from '../../../src/core/config/config.js'
import { Secret } from '../../../src/core/config/secret.js'
import { PlatformUnreachable } from '../../../src/platforms/calls/platform-error.js'
import { PlatformHealth } from '../../../src/platforms/calls/platform-health.js'
import { PlatformHttp } from '../../../src/platforms/calls/platform-http.js'
import { wechatApp } from '../../kit/sample-config.js'

/** Only a proxy knows this name. */
const NOWHERE = 'http://api.platform.invalid/prefix'

describe('a call of a platform', () => {
  let platform: FakePlatform
  let proxy: FakeProxy
  let http: PlatformHttp | undefined
  const settings = { tries: 1, tryTimeoutMs: 15_000, connectTimeoutMs: 15_000 }

  beforeEach(async () => {
    platform = await FakePlatform.start()
    platform.on('/thing', { access_token: 'a' })
    proxy = await FakeProxy.start(platform.base)
  })
  afterEach(async () => {
    await http?.close()
    await proxy.stop()
    await platform.stop()
  })

  const call = (change: Partial<AppConfig>, proxies?: Partial<ProxiesConfig>) => {
    const health = new PlatformHealth(new ManualClock(), ['acme-wechat'])
    const given = proxies && { except: [], ...proxies }
    http = new PlatformHttp(new SeededRandom(), health, settings, given)
    return http.call({
      app: { ...wechatApp(NOWHERE), ...change },
      operation: 'thing',
      method: 'GET',
      path: '/thing',
      query: { access_token: 'T0KEN-of-the-app' },
      schema: z.object({ access_token: z.string() }),
      idempotent: true,
    })
  }
  const own = () => new Secret(`http://user:p%40ss@${proxy.at}`)

  it('leaves by the proxy of the environment, in a tunnel', async () => {
    expect(await call({}, { http: new Secret(`http://${proxy.at}`) })).toEqual({
      access_token: 'a',
    })
    expect(proxy.asked).toEqual([{ target: 'api.platform.invalid:80', credentials: undefined }])
    expect(platform.count('/thing')).toBe(1)
  })

  it('leaves by the proxy of its app, which comes before the environment’s, with its credentials', async () => {
    const wrong = { http: new Secret('http://127.0.0.1:1'), except: ['*'] }
    expect(await call({ proxy: own() }, wrong)).toEqual({ access_token: 'a' })
    expect(proxy.asked).toEqual([
      {
        target: 'api.platform.invalid:80',
        credentials: `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
      },
    ])
  })

  it.each<[string, Partial<AppConfig>, string[]]>([
    ['its app says none', { proxy: 'none' }, []],
    ['NO_PROXY names its host', {}, ['api.platform.invalid']],
    ['NO_PROXY names what is above its host', {}, ['.platform.invalid']],
    ['NO_PROXY names host and port', {}, ['platform.invalid:80']],
    ['NO_PROXY names all', {}, ['*']],
  ])('leaves directly where %s', async (_what, change, except) => {
    const failed = call(change, { http: new Secret(`http://${proxy.at}`), except })
    // Without the proxy the name is unknown.
    await expect(failed).rejects.toThrow(PlatformUnreachable)
    expect(proxy.asked).toEqual([])
  })

  it.each(['form.invalid', 'api.platform.invalid:443', 'xplatform.invalid'])(
    'leaves by the proxy where NO_PROXY names another: %s',
    async (other) => {
      await call({}, { http: new Secret(`http://${proxy.at}`), except: [other] })
      expect(proxy.asked).toHaveLength(1)
    },
  )

  it('of this machine needs no proxy', async () => {
    await call({ apiBase: platform.base }, { http: new Secret('http://127.0.0.1:1') })
    expect(platform.count('/thing')).toBe(1)
  })

  it.each([407, 403, 502])(
    'that the proxy refuses with %i never left, and says so',
    async (status) => {
      proxy.refuse = status
      const error = await call({ proxy: own() }).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      expect(error).toMatchObject({
        reason: 'refused',
        detail: `proxy ${status}`,
        app: 'acme-wechat',
      })
      expect(String(error)).not.toMatch(/p@ss|p%40ss|T0KEN|user/)
      expect(platform.requests).toEqual([])
    },
  )
})
