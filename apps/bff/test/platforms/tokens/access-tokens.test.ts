import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { InstantTimers, ManualClock, SeededRandom } from '@sealcard/testing'
import type { DataSource } from 'typeorm'
import type { AppConfig, DatabaseConfig } from '../../../src/core/config/config.js'
import { Vault } from '../../../src/core/crypto/vault.js'
import { HOUR } from '../../../src/core/time.js'
import { PlatformError, PlatformUnreachable } from '../../../src/platforms/calls/platform-error.js'
import { PlatformHealth } from '../../../src/platforms/calls/platform-health.js'
import { AccessTokenEntity } from '../../../src/platforms/tokens/access-token.entity.js'
import { AccessTokenStore, LEASE_MS } from '../../../src/platforms/tokens/access-token.store.js'
import { AccessTokens } from '../../../src/platforms/tokens/access-tokens.js'
import type { FetchedToken, TokenSource } from '../../../src/platforms/tokens/token-source.js'
import { BAD_TOKEN } from '../../../src/platforms/wechat/errcodes.js'
import { WechatTokenSource } from '../../../src/platforms/wechat/wechat.js'
import { WecomTokenSource } from '../../../src/platforms/wecom/wecom.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import { migrate } from '../../../src/schema/migrate.js'
import { AccessTokens1770000000000 } from '../../../src/schema/migrations/1770000000000-access-tokens.js'
import { sampleConfig, wechatApp, wecomApp } from '../../kit/sample-config.js'

const schema = { entities: [AccessTokenEntity], migrations: [AccessTokens1770000000000] }

/** A platform's token endpoint: unforced the same token again, forced the next one. */
class FakeSource implements TokenSource {
  readonly badToken = BAD_TOKEN
  readonly force = new WechatTokenSource(undefined as never).force
  readonly asked: boolean[] = []
  generation = 1
  expiresIn = 7_200
  failure: Error | undefined

  async fetchToken(_app: AppConfig, force: boolean): Promise<FetchedToken> {
    this.asked.push(force)
    await new Promise((resolve) => setImmediate(resolve))
    if (this.failure) throw this.failure
    if (force) this.generation++
    return { token: this.current, expiresIn: this.expiresIn }
  }

  get current(): string {
    return `token-${this.generation}`
  }

  /** A call that the platform refuses unless it carries the current token. */
  use(errcode: number) {
    return async (token: string): Promise<string> => {
      if (token !== this.current) throw new PlatformError('thing', errcode, 'bad token')
      return token
    }
  }
}

const wechat = wechatApp()
const echo = async (token: string): Promise<string> => token
const refuse =
  (errcode: number, tried: string[] = []) =>
  async (token: string): Promise<string> => {
    tried.push(token)
    throw new PlatformError('thing', errcode, 'bad token')
  }

describe('AccessTokens', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealcard-tokens-'))
  const database: DatabaseConfig = {
    kind: 'sqlite',
    file: path.join(folder, 'tokens.sqlite'),
    engine: 'sqlite3',
  }
  let dataSource: DataSource
  let clock: ManualClock
  let source: FakeSource
  let timers: InstantTimers
  let health: PlatformHealth
  let seeds = 0

  beforeAll(async () => {
    dataSource = await createDataSource(database, schema).initialize()
    await migrate(dataSource)
  })
  afterAll(async () => {
    await dataSource.destroy()
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    await dataSource.getRepository(AccessTokenEntity).clear()
    clock = new ManualClock()
    source = new FakeSource()
    timers = new InstantTimers()
    health = new PlatformHealth(clock, [wechat.id])
  })

  const storeOf = (random: SeededRandom, on = dataSource) =>
    new AccessTokenStore(on, new Vault(sampleConfig().keyring), random)
  /** As another process would have them: nothing shared but the database. */
  const open = (on = dataSource): AccessTokens => {
    const random = new SeededRandom(seeds++)
    const sources = { of: () => source }
    return new AccessTokens(storeOf(random, on), sources, clock, random, timers, health)
  }
  const row = () =>
    dataSource.getRepository(AccessTokenEntity).findOneByOrFail({ appId: wechat.id })

  it('D2 fetches once for 1,000 concurrent callers', async () => {
    const tokens = open()
    const calls = Array.from({ length: 1_000 }, () => tokens.withToken(wechat, echo))
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['token-1']))
    expect(source.asked).toEqual([false])
    expect(health.snapshot()[0]).toMatchObject({
      tokenFetchedAt: clock.now(),
      tokenExpiresAt: clock.now() + 2 * HOUR,
    })
  })

  it('D2 fetches once across processes', async () => {
    const other = await createDataSource(database, schema).initialize()
    try {
      const processes = [open(), open(other), open(), open(other)]
      const calls = processes.flatMap((tokens) =>
        Array.from({ length: 50 }, () => tokens.withToken(wechat, echo)),
      )
      expect(new Set(await Promise.all(calls))).toEqual(new Set(['token-1']))
      expect(source.asked).toEqual([false])
    } finally {
      await other.destroy()
    }
  })

  it('finds after a restart what was fetched before', async () => {
    await open().withToken(wechat, echo)
    expect(await open().withToken(wechat, echo)).toBe('token-1')
    expect(source.asked).toHaveLength(1)
  })

  it('E1 keeps the token sealed', async () => {
    await open().withToken(wechat, echo)
    expect((await row()).envelope).toMatch(/^v1\.k1\./)
    expect(JSON.stringify(await row())).not.toContain('token-1')
  })

  it('fetches anew when no key opens the stored one', async () => {
    await open().withToken(wechat, echo)
    await dataSource
      .getRepository(AccessTokenEntity)
      .update({ appId: wechat.id }, { envelope: 'x' })
    expect(await open().withToken(wechat, echo)).toBe('token-1')
    expect(source.asked).toHaveLength(2)
  })

  it('asks for the next token 5 minutes before the end', async () => {
    const tokens = open()
    await tokens.withToken(wechat, echo)
    clock.advance(2 * HOUR - 300_001)
    await tokens.withToken(wechat, echo)
    expect(source.asked).toHaveLength(1)
    source.generation++
    clock.advance(1)
    expect(await tokens.withToken(wechat, echo)).toBe('token-2')
    expect(source.asked).toHaveLength(2)
  })

  it.each([-5, 0, 1, 59, 345, 86_400, 1e12])('D1 stays sane with expires_in %p', async (life) => {
    source.expiresIn = life
    const tokens = open()
    for (let i = 0; i < 10; i++) await tokens.withToken(wechat, echo)
    expect(source.asked).toHaveLength(1)
    const { expiresAt } = await row()
    expect(expiresAt - clock.now()).toBeGreaterThanOrEqual(60_000)
    expect(expiresAt - clock.now()).toBeLessThanOrEqual(2 * HOUR)
  })

  it.each([
    ['the platform', new PlatformUnreachable('stable_token', 'timeout')],
    ['its own error', new PlatformError('stable_token', 45009, 'quota')],
  ])(
    'keeps using the old token while it is valid, through an outage: %s',
    async (_what, failure) => {
      const tokens = open()
      await tokens.withToken(wechat, echo)
      source.failure = failure
      clock.advance(2 * HOUR - 200_000)
      expect(await tokens.withToken(wechat, echo)).toBe('token-1')
      expect(await tokens.withToken(wechat, echo)).toBe('token-1')
      expect(source.asked).toHaveLength(2)
      clock.advance(200_000)
      await expect(tokens.withToken(wechat, echo)).rejects.toBe(failure)
      source.failure = undefined
      expect(await tokens.withToken(wechat, echo)).toBe('token-1')
    },
  )

  it('gives every caller of a failed fetch its error, and the lease back', async () => {
    source.failure = new PlatformUnreachable('stable_token', 'refused')
    const tokens = open()
    const calls = Array.from({ length: 20 }, () => tokens.withToken(wechat, echo))
    const results = await Promise.allSettled(calls)
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect(source.asked).toHaveLength(1)
    expect(await row()).toMatchObject({ leaseOwner: null, leaseUntil: 0 })
  })

  it('waits out the lease of a process that died, no longer', async () => {
    const store = storeOf(new SeededRandom('dead'))
    expect(await store.claim(wechat.id, clock.now() - LEASE_MS + 5_000)).toBe(true)
    await expect(open().withToken(wechat, echo)).rejects.toMatchObject({ reason: 'lease' })
    timers = new InstantTimers((ms) => clock.advance(ms))
    expect(await open().withToken(wechat, echo)).toBe('token-1')
  })

  it('D2 leaves the lease to another process whose clock is ahead by less than a minute', async () => {
    const processOf = (seed: string) => storeOf(new SeededRandom(seed))
    const now = clock.now()
    expect(await processOf('ahead').claim(wechat.id, now + 60_000)).toBe(true)
    // One that waited for the writer goes by an older time, too.
    expect(await processOf('behind').claim(wechat.id, now)).toBe(false)
    expect(await processOf('behind').claim(wechat.id, now - 1)).toBe(true)
  })

  it('is not held up by a lease from a clock that was ahead', async () => {
    const store = storeOf(new SeededRandom('ahead'))
    expect(await store.claim(wechat.id, clock.now() + 9 * HOUR)).toBe(true)
    expect(await open().withToken(wechat, echo)).toBe('token-1')
  })

  it.each([
    ['a month', 30 * 24 * HOUR],
    ['less than a token lives', HOUR],
  ])('D2 fetches anew, once, after a clock was ahead by %s', async (_what, ahead) => {
    clock.advance(ahead)
    const before = open()
    await before.withToken(wechat, echo)
    clock.advance(-ahead)
    source.generation++
    // Neither the database nor the memory of the process itself may hold on to it.
    for (const tokens of [before, open(), before, open()]) {
      expect(await tokens.withToken(wechat, echo)).toBe('token-2')
    }
    expect(source.asked).toHaveLength(2)
    expect(await row()).toMatchObject({
      fetchedAt: clock.now(),
      expiresAt: clock.now() + 2 * HOUR,
    })
  })

  it('D2 uses the token of a process whose clock is ahead by less than a minute', async () => {
    clock.advance(60_000)
    await open().withToken(wechat, echo)
    clock.advance(-60_000)
    expect(await open().withToken(wechat, echo)).toBe('token-1')
    expect(source.asked).toHaveLength(1)
  })

  it('keeps the newer of two tokens when a slow process comes late', async () => {
    const store = storeOf(new SeededRandom('slow'))
    await open().withToken(wechat, echo)
    const now = clock.now()
    const old = { token: 'old', fetchedAt: now - 1, refreshAt: now + 1, expiresAt: now + HOUR }
    await store.write(wechat.id, old, now)
    expect((await store.read(wechat.id))?.token).toBe('token-1')
    const hour = { ...old, fetchedAt: now - HOUR }
    await store.write(wechat.id, hour, now)
    expect((await store.read(wechat.id))?.token).toBe('token-1')
  })

  it.each([40001, 40014, 42001])('refreshes once and tries once more on %p', async (errcode) => {
    const tokens = open()
    await tokens.withToken(wechat, echo)
    source.generation++
    expect(await tokens.withToken(wechat, source.use(errcode))).toBe('token-2')
    expect(source.asked).toEqual([false, false])
  })

  it('D3 refreshes once for 1,000 callers that are refused together', async () => {
    const tokens = open()
    await tokens.withToken(wechat, echo)
    source.generation++
    const calls = Array.from({ length: 1_000 }, () => tokens.withToken(wechat, source.use(40001)))
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['token-2']))
    expect(source.asked).toEqual([false, false])
  })

  it("takes another process's fresh token rather than fetch", async () => {
    const [one, other] = [open(), open()]
    await one.withToken(wechat, echo)
    await other.withToken(wechat, echo)
    source.generation++
    expect(await one.withToken(wechat, source.use(40001))).toBe('token-2')
    expect(await other.withToken(wechat, source.use(40001))).toBe('token-2')
    expect(source.asked).toHaveLength(2)
  })

  it('D3 forces one refresh when WeChat calls its newest token replaced', async () => {
    const tokens = open()
    const tried: string[] = []
    const refused = Array.from({ length: 100 }, () =>
      tokens.withToken(wechat, refuse(40001, tried)),
    )
    const results = await Promise.allSettled(refused)
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect(source.asked).toEqual([false, false, true])
    expect(tried.filter((token) => token === 'token-1')).toHaveLength(100)
    expect(tried.filter((token) => token === 'token-2')).toHaveLength(100)
  })

  it('leaves 30 s between forced refreshes, across processes', async () => {
    const forces = () => source.asked.filter(Boolean).length
    const refused = () =>
      open()
        .withToken(wechat, refuse(40001))
        .catch(() => {})
    await refused()
    clock.advance(29_999)
    await refused()
    expect(forces()).toBe(1)
    clock.advance(1)
    await refused()
    expect(forces()).toBe(2)
  })

  it('forces no more than 20 refreshes a day, by the day in China', async () => {
    clock.set(Date.UTC(2026, 0, 1, 15, 0))
    const refused = () =>
      open()
        .withToken(wechat, refuse(40001))
        .catch(() => {})
    for (let i = 0; i < 25; i++) {
      await refused()
      clock.advance(31_000)
    }
    expect(source.asked.filter(Boolean)).toHaveLength(20)
    clock.set(Date.UTC(2026, 0, 1, 16, 0))
    await refused()
    expect(source.asked.filter(Boolean)).toHaveLength(21)
  })

  it.each([40014, 42001])('never forces on %p', async (errcode) => {
    await expect(open().withToken(wechat, refuse(errcode))).rejects.toMatchObject({ errcode })
    expect(source.asked).toEqual([false, false])
  })

  it('never forces on WeCom', async () => {
    expect(new WecomTokenSource(undefined as never)).not.toHaveProperty('force')
    Object.assign(source, { force: undefined })
    const refused = open().withToken(wecomApp(), refuse(40001))
    await expect(refused).rejects.toMatchObject({ errcode: 40001 })
    expect(source.asked).toEqual([false, false])
  })

  it('passes every other error on', async () => {
    const tried: string[] = []
    await expect(open().withToken(wechat, refuse(45009, tried))).rejects.toMatchObject({
      errcode: 45009,
    })
    expect(tried).toHaveLength(1)
    expect(source.asked).toHaveLength(1)
  })
})
