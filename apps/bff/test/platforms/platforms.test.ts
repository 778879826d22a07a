import { createCipheriv } from 'node:crypto'
import { FakePlatform, faults, ManualClock, SeededRandom } from '@sealcard/testing'
import type { DataSource } from 'typeorm'
import type { AppConfig } from '../../src/core/config/config.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { SystemTimers } from '../../src/core/ports/timers.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { PlatformHealth } from '../../src/platforms/calls/platform-health.js'
import { PlatformHttp } from '../../src/platforms/calls/platform-http.js'
import { type PlatformClients, Platforms } from '../../src/platforms/registry/platforms.js'
import { AccessTokenEntity } from '../../src/platforms/tokens/access-token.entity.js'
import { AccessTokenStore } from '../../src/platforms/tokens/access-token.store.js'
import { AccessTokens } from '../../src/platforms/tokens/access-tokens.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { AccessTokens1770000000000 } from '../../src/schema/migrations/1770000000000-access-tokens.js'
import { sampleConfig, wechatApp, wecomApp } from '../kit/sample-config.js'

const database = { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' } as const
const schema = { entities: [AccessTokenEntity], migrations: [AccessTokens1770000000000] }
const sessionKey = Buffer.alloc(16, 3).toString('base64')
const iv = Buffer.alloc(16, 4).toString('base64')

const STABLE = '/cgi-bin/stable_token'
const WX_CODE = '/sns/jscode2session'
const ACTIVITY = '/cgi-bin/message/wxopen/activityid/create'
const GETTOKEN = '/cgi-bin/gettoken'
const QY_CODE = '/cgi-bin/miniprogram/jscode2session'

const encrypted = (text: string): string => {
  const cipher = createCipheriv('aes-128-cbc', Buffer.alloc(16, 3), Buffer.alloc(16, 4))
  return Buffer.concat([cipher.update(text), cipher.final()]).toString('base64')
}

describe('the platforms', () => {
  let fake: FakePlatform
  let dataSource: DataSource
  let http: PlatformHttp
  const platforms = new Platforms(PLATFORMS)
  let clients: PlatformClients
  let wechat: AppConfig
  let wecom: AppConfig

  beforeEach(async () => {
    fake = await FakePlatform.start()
    wechat = wechatApp(fake.base)
    wecom = wecomApp(fake.base)
    dataSource = await createDataSource(database, schema).initialize()
    await migrate(dataSource)
    const clock = new ManualClock()
    const random = new SeededRandom()
    const health = new PlatformHealth(clock, [])
    http = new PlatformHttp(random, health, { backoffMs: 1, breakerFailures: 100 })
    const store = new AccessTokenStore(dataSource, new Vault(sampleConfig().keyring), random)
    const sources = platforms.tokenSources(http)
    const tokens = new AccessTokens(store, sources, clock, random, new SystemTimers(), health)
    clients = platforms.connect({ http, tokens, random })
    fake
      .on(STABLE, { access_token: 'wx-token', expires_in: 7200 })
      .on(GETTOKEN, { errcode: 0, errmsg: 'ok', access_token: 'qy-token', expires_in: '7200' })
      .on(WX_CODE, { openid: 'openid-1', session_key: sessionKey, unionid: 'u1' })
      .on(ACTIVITY, { errcode: 0, activity_id: '1151_abc', expiration_time: 1 })
      .on(QY_CODE, {
        errcode: 0,
        corpid: 'ww0000000000000001',
        userid: 'lisi',
        session_key: sessionKey,
      })
  })
  afterEach(async () => {
    await http.close()
    await fake.stop()
    await dataSource.destroy()
  })

  describe('what WeCom calls a person', () => {
    const USER = '/cgi-bin/user/get'
    const nameOf = () => clients.of(wecom).nameOf?.(wecom, 'LiSi')

    it('is asked for by userid, with the token of the app', async () => {
      fake.on(USER, { errcode: 0, errmsg: 'ok', userid: 'lisi', name: '李四', department: [1] })
      expect(await nameOf()).toBe('李四')
      expect(query(USER)).toEqual({ access_token: 'qy-token', userid: 'LiSi' })
    })

    it('is nothing where an administrator did not allow it', async () => {
      fake.on(USER, { errcode: 0, errmsg: 'ok', userid: 'lisi', department: [1] })
      expect(await nameOf()).toBeNull()
    })

    it.each([60111, 60011, 50002, 48002])('is nothing at %d', async (errcode) => {
      fake.on(USER, { errcode, errmsg: 'no' })
      expect(await nameOf()).toBeNull()
    })

    it.each([45009, 60020, 40058])('is not known at %d', async (errcode) => {
      fake.on(USER, { errcode, errmsg: 'no' })
      await expect(nameOf()).rejects.toMatchObject({ code: 'ERR_PLATFORM', errcode })
    })

    it('may be away for as long as it likes: logins go on', async () => {
      fake.on(USER, faults.badGateway)
      for (let i = 0; i < 100; i++) await expect(nameOf()).rejects.toThrow('not reachable')
      await expect(nameOf()).rejects.toMatchObject({ reason: 'open' })
      expect(await exchange(wecom)).toMatchObject({ viewerKey: 'lisi' })
    })

    it('is told by WeCom alone', () => {
      for (const app of [wechat, wecom])
        expect(clients.of(app).nameOf !== undefined).toBe(platforms.of(app).givesNames)
    })
  })

  const exchange = (app: AppConfig) => clients.of(app).exchangeCode(app, 'the-code')
  const declare = (app: AppConfig) => clients.of(app).declare(app, { viewerKey: 'openid-1' })
  const query = (path: string) =>
    Object.fromEntries(fake.requests.find((request) => request.path === path)!.query)

  describe('WeChat', () => {
    it('exchanges a code with the app secret and no access token', async () => {
      expect(await exchange(wechat)).toEqual({ viewerKey: 'openid-1', sessionKey })
      expect(query(WX_CODE)).toEqual({
        appid: 'wx0000000000000001',
        secret: 'wechat-secret-for-tests',
        js_code: 'the-code',
        grant_type: 'authorization_code',
      })
      expect(fake.count(STABLE)).toBe(0)
    })

    it.each([40029, '40163', 40226])('calls a code refused with %p a rejected login', async (n) => {
      fake.on(WX_CODE, { errcode: n, errmsg: 'invalid code' })
      await expect(exchange(wechat)).rejects.toMatchObject({
        name: 'LoginRejected',
        errcode: Number(n),
      })
    })

    it.each([40013, 40125, 40164, 41002, 45011])(
      "does not blame the member for %p, the service's own mistake",
      async (errcode) => {
        fake.on(WX_CODE, { errcode, errmsg: 'x' })
        await expect(exchange(wechat)).rejects.toMatchObject({ name: 'PlatformError', errcode })
      },
    )

    it.each([faults.reset, faults.busy, faults.badGateway, faults.wrongTypes])(
      'asks for a code only once, since it is good once',
      async (fault) => {
        fake.on(WX_CODE, fault)
        await expect(exchange(wechat)).rejects.toMatchObject({ name: 'PlatformUnreachable' })
        expect(fake.count(WX_CODE)).toBe(1)
      },
    )

    it.each(['short', '', 'A'.repeat(24), `${'*'.repeat(22)}==`])(
      'refuses the session key %p, which is not the base64 of 16 bytes',
      async (key) => {
        fake.on(WX_CODE, { openid: 'o', session_key: key })
        await expect(exchange(wechat)).rejects.toMatchObject({ reason: 'shape' })
      },
    )

    it("declares by GET with the token and the sharer's openid in the query", async () => {
      expect(await declare(wechat)).toBe('1151_abc')
      expect(query(ACTIVITY)).toEqual({ access_token: 'wx-token', openid: 'openid-1' })
      const asked = fake.requests.map(({ method, path, body }) => ({ method, path, body }))
      expect(asked[1]).toEqual({ method: 'GET', path: ACTIVITY, body: '' })
      expect(asked[0]).toMatchObject({ method: 'POST', path: STABLE })
      expect(JSON.parse(asked[0]!.body)).toEqual({
        grant_type: 'client_credential',
        appid: 'wx0000000000000001',
        secret: 'wechat-secret-for-tests',
        force_refresh: false,
      })
    })

    it('declares after one refresh when the token was replaced', async () => {
      await declare(wechat)
      fake.next(ACTIVITY, { errcode: '42001', errmsg: 'access_token expired' })
      fake.on(STABLE, { access_token: 'wx-token-2', expires_in: 7200 })
      expect(await declare(wechat)).toBe('1151_abc')
      expect(fake.count(STABLE)).toBe(2)
    })

    it('D4 makes no declaration when the platform makes no activity', async () => {
      fake.on(ACTIVITY, { errcode: 48001, errmsg: 'api unauthorized' })
      await expect(declare(wechat)).rejects.toMatchObject({ errcode: 48001 })
      fake.on(ACTIVITY, faults.truncatedJson)
      await expect(declare(wechat)).rejects.toMatchObject({ name: 'PlatformUnreachable' })
    })

    it('opens a proof to the bare activity id', () => {
      const proof = { encryptedData: encrypted('1151_abc'), iv }
      expect(platforms.of(wechat).openProof(sessionKey, proof)).toEqual({
        declared: '1151_abc',
        declaredAt: { start: 0, end: 8 },
      })
    })
  })

  it.each(['', ' ', 'a b', 'a\u0000b', '\ud800', '活动', 'x'.repeat(257), 7, null, {}, undefined])(
    'calls %j no activityId',
    async (activity_id) => {
      fake.on(ACTIVITY, { errcode: 0, activity_id })
      await expect(declare(wechat)).rejects.toMatchObject({ reason: 'shape' })
    },
  )

  describe('WeCom', () => {
    it('exchanges a code with the access token of the app', async () => {
      expect(await exchange(wecom)).toEqual({ viewerKey: 'lisi', sessionKey })
      expect(query(QY_CODE)).toEqual({
        access_token: 'qy-token',
        js_code: 'the-code',
        grant_type: 'authorization_code',
      })
      expect(query(GETTOKEN)).toEqual({
        corpid: 'ww0000000000000001',
        corpsecret: 'wecom-secret-for-tests',
      })
    })

    it.each([40029, 42003, 42022])('calls a code refused with %p a rejected login', async (n) => {
      fake.on(QY_CODE, { errcode: n, errmsg: 'x' })
      await expect(exchange(wecom)).rejects.toMatchObject({ name: 'LoginRejected', errcode: n })
    })

    it.each([60020, 40091, 48002])('does not blame the member for %p', async (errcode) => {
      fake.on(QY_CODE, { errcode, errmsg: 'x' })
      await expect(exchange(wecom)).rejects.toMatchObject({ name: 'PlatformError', errcode })
    })

    it('B4 rejects the login of a member of another corp', async () => {
      fake.on(QY_CODE, { errcode: 0, corpid: 'ww9', userid: 'lisi', session_key: sessionKey })
      await expect(exchange(wecom)).rejects.toMatchObject({ name: 'LoginRejected' })
    })

    it('declares with 32 random bytes and without a call', async () => {
      const states = [await declare(wecom), await declare(wecom)]
      for (const declaration of states) {
        expect(declaration).toMatch(/^[A-Za-z0-9_-]{43}$/)
      }
      expect(states[0]).not.toEqual(states[1])
      expect(fake.requests).toEqual([])
    })

    it('opens a proof to state, receiver and chat', () => {
      const info = { chatId: 'c1', state: 's1', curReceiver: 'lisi' }
      const proof = { encryptedData: encrypted(JSON.stringify(info)), iv }
      expect(platforms.of(wecom).openProof(sessionKey, proof)).toEqual({
        declared: 's1',
        declaredAt: { start: 24, end: 26 },
        curReceiver: 'lisi',
      })
    })
  })

  it('B1 rejects a WeCom proof that is longer than any genuine one', () => {
    const open = (length: number) => {
      const info = JSON.stringify({ chatId: '', state: 's', curReceiver: 'lisi' })
      const encryptedData = encrypted(info.padEnd((length / 4) * 3 - 16))
      expect(encryptedData).toHaveLength(length)
      return platforms.of(wecom).openProof(sessionKey, { encryptedData, iv })
    }
    expect(open(512)).toMatchObject({ declared: 's' })
    expect(() => open(576)).toThrow(expect.objectContaining({ code: 'ERR_PROOF_REJECTED' }))
  })

  it('B1 reject every proof that does not open in one way', () => {
    const good = encrypted('1151_abc')
    for (const app of [wechat, wecom]) {
      for (const encryptedData of [good.slice(4), 'x', '', encrypted('{"state":1}').slice(0, 20)]) {
        expect(() => platforms.of(app).openProof(sessionKey, { encryptedData, iv })).toThrow(
          expect.objectContaining({ code: 'ERR_PROOF_REJECTED' }),
        )
      }
    }
  })
})
