import { FakePlatform, faults, ManualClock, SeededRandom } from '@sealcard/testing'
import type { DataSource } from 'typeorm'
import { Vault } from '../../src/core/crypto/vault.js'
import { SystemTimers } from '../../src/core/ports/timers.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { PlatformHealth } from '../../src/platforms/calls/platform-health.js'
import { PlatformHttp } from '../../src/platforms/calls/platform-http.js'
import { Platforms } from '../../src/platforms/registry/platforms.js'
import type { WebClient } from '../../src/platforms/registry/web-platform.js'
import { AccessTokenEntity } from '../../src/platforms/tokens/access-token.entity.js'
import { AccessTokenStore } from '../../src/platforms/tokens/access-token.store.js'
import { AccessTokens } from '../../src/platforms/tokens/access-tokens.js'
import type { WecomAppConfig } from '../../src/platforms/wecom/wecom-app.js'
import { wecomWeb } from '../../src/platforms/wecom/wecom-web.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { AccessTokens1770000000000 } from '../../src/schema/migrations/1770000000000-access-tokens.js'
import { sampleConfig, wecomApp } from '../kit/sample-config.js'
import { H5 } from '../kit/web-browser.js'

const GETTOKEN = '/cgi-bin/gettoken'
const AGENT = '/cgi-bin/ticket/get'
const CORP = '/cgi-bin/get_jsapi_ticket'
const WHO = '/cgi-bin/auth/getuserinfo'

describe('web pages of WeCom', () => {
  let fake: FakePlatform
  let dataSource: DataSource
  let http: PlatformHttp
  let web: WebClient
  let app: WecomAppConfig

  beforeEach(async () => {
    fake = await FakePlatform.start()
    app = { ...wecomApp(fake.base), h5: H5 }
    const schema = { entities: [AccessTokenEntity], migrations: [AccessTokens1770000000000] }
    const database = { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' } as const
    dataSource = await createDataSource(database, schema).initialize()
    await migrate(dataSource)
    const clock = new ManualClock()
    const random = new SeededRandom()
    const health = new PlatformHealth(clock, [])
    http = new PlatformHttp(random, health, { backoffMs: 1, breakerFailures: 100 })
    const platforms = new Platforms(PLATFORMS)
    const store = new AccessTokenStore(dataSource, new Vault(sampleConfig().keyring), random)
    const sources = platforms.tokenSources(http)
    const tokens = new AccessTokens(store, sources, clock, random, new SystemTimers(), health)
    web = platforms.connect({ http, tokens, random }).webOf(app)
    fake
      .next(GETTOKEN, { access_token: 'first', expires_in: 7200 })
      .on(GETTOKEN, { access_token: 'second', expires_in: 7200 })
  })
  afterEach(async () => {
    await http.close()
    await fake.stop()
    await dataSource.destroy()
  })

  const query = (path: string) =>
    Object.fromEntries(fake.requests.filter((one) => one.path === path).at(-1)?.query ?? [])

  it('the application’s ticket and the corp’s are asked for apart', async () => {
    fake
      .on(AGENT, { errcode: 0, errmsg: 'ok', ticket: 'agent-ticket', expires_in: 7200 })
      .on(CORP, { errcode: 0, errmsg: 'ok', ticket: 'corp-ticket', expires_in: '7200' })
    expect(await web.fetchTicket(app, 'agent')).toEqual({ token: 'agent-ticket', expiresIn: 7200 })
    expect(await web.fetchTicket(app, 'corp')).toEqual({ token: 'corp-ticket', expiresIn: 7200 })
    expect(query(AGENT)).toEqual({ access_token: 'first', type: 'agent_config' })
    expect(query(CORP)).toEqual({ access_token: 'first' })
  })

  it.each([40014, 42001])('a refused access token (%d) is replaced once', async (errcode) => {
    fake
      .next(AGENT, { errcode, errmsg: 'bad token' })
      .on(AGENT, { errcode: 0, ticket: 'agent-ticket', expires_in: 7200 })
    expect(await web.fetchTicket(app, 'agent')).toMatchObject({ token: 'agent-ticket' })
    expect(query(AGENT)).toMatchObject({ access_token: 'second' })
  })

  it.each([
    ['no ticket', { errcode: 0, expires_in: 7200 }],
    ['an empty ticket', { errcode: 0, ticket: '', expires_in: 7200 }],
    ['a ticket of 513 bytes', { errcode: 0, ticket: 'a'.repeat(513), expires_in: 7200 }],
    ['a page', faults.html],
  ])('an answer with %s is none', async (_what, answer) => {
    fake.on(AGENT, answer)
    await expect(web.fetchTicket(app, 'agent')).rejects.toMatchObject({
      code: 'ERR_PLATFORM_UNREACHABLE',
    })
  })

  it('no error holds a ticket or the code', async () => {
    fake.on(AGENT, { errcode: 0, ticket: 'S3CRET'.repeat(100), expires_in: 7200 })
    fake.on(WHO, { errcode: 41008, errmsg: 'code CODE-S3CRET is missing' })
    const failed = [web.fetchTicket(app, 'agent'), web.exchangeCode(app, 'CODE-S3CRET')]
    for (const result of await Promise.allSettled(failed)) {
      expect(result.status).toBe('rejected')
      expect(String((result as PromiseRejectedResult).reason)).not.toContain('S3CRET')
    }
  })

  it('a member is who the code says', async () => {
    fake.on(WHO, { errcode: 0, errmsg: 'ok', userid: 'LiSi', user_ticket: 'dropped' })
    expect(await web.exchangeCode(app, 'c0de')).toBe('LiSi')
    expect(query(WHO)).toEqual({ access_token: 'first', code: 'c0de' })
  })

  it.each([
    ['somebody outside', { openid: 'o1', external_userid: 'wm1' }],
    ['somebody outside in an older answer', { OpenId: 'o1' }],
    ['a member of a partner corp', { userid: 'ww0000000000000002/zhangsan' }],
  ])('%s is no member', async (_what, answer) => {
    fake.on(WHO, { errcode: 0, errmsg: 'ok', ...answer })
    expect(await web.exchangeCode(app, 'c0de')).toBeNull()
  })

  it.each([40029, 42003, 42022])('a code that is used or over (%d) is refused', async (errcode) => {
    fake.on(WHO, { errcode, errmsg: 'invalid code' })
    await expect(web.exchangeCode(app, 'c0de')).rejects.toMatchObject({
      code: 'ERR_PLATFORM_LOGIN',
      errcode,
    })
  })

  it.each([50001, 60020])('our own mistake (%d) refuses nobody’s code', async (errcode) => {
    fake.on(WHO, { errcode, errmsg: 'redirect_url domain account is illegal' })
    await expect(web.exchangeCode(app, 'c0de')).rejects.toMatchObject({ code: 'ERR_PLATFORM' })
  })

  it('a code is never sent twice once it may have arrived', async () => {
    fake.on(WHO, faults.reset)
    await expect(web.exchangeCode(app, 'c0de')).rejects.toThrow('not reachable')
    expect(fake.count(WHO)).toBe(1)
  })

  it.each(['short', '', 'a ticket', '~'.repeat(86)])(
    'a ticket that makes no key opens nothing: %j',
    (ticket) => {
      expect(wecomWeb.proofKey(app, ticket)).toBeNull()
    },
  )

  it('without a derivation no ticket makes a key', () => {
    const unverified = { ...app, h5: { ...H5, keyDerivation: 'unverified' as const } }
    expect(wecomWeb.proofKey(unverified, 'A'.repeat(86))).toBeNull()
    expect(wecomWeb.isVerified(unverified)).toBe(false)
  })
})
