import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { ManualClock } from '@sealcard/testing'
import { DataSource } from 'typeorm'
import { PASSWORD_COST, type PasswordCost } from '../../src/accounts/password-hasher.js'
import { AppModule } from '../../src/app/app.module.js'
import { CONFIG, type Config } from '../../src/core/config/config.js'
import { Jobs } from '../../src/core/jobs/jobs.js'
import { CLOCK, HOST_CLOCK } from '../../src/core/ports/clock.js'
import { RANDOM, type Random } from '../../src/core/ports/random.js'
import { TIMERS } from '../../src/core/ports/timers.js'
import { SERVICE_TIME } from '../../src/database/service-time.js'
import { createAdapter } from '../../src/http/server/adapter.js'
import { configureEdge } from '../../src/http/server/edge.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { PlatformHttp } from '../../src/platforms/calls/platform-http.js'
import type { Platform } from '../../src/platforms/registry/platform.js'
import { PlatformClients, Platforms } from '../../src/platforms/registry/platforms.js'
import { AccessTokens } from '../../src/platforms/tokens/access-tokens.js'
import { DOCTOR_OUTSIDE } from '../../src/tools/doctor/http/doctor.controller.js'
import { testConfig, WECHAT } from './config.js'
import { FakePlatform } from './fake-platform.js'
import { LenientTimers } from './lenient-timers.js'
import { key } from './proofs.js'
import { quietOutside } from './quiet-outside.js'
import { copyMigratedFile, openInMemory } from './storage/migrated-file.js'

export interface Answer {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly text: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what the schemas promise
  readonly body: any
}

export interface Routed {
  readonly method: string
  readonly url: string
}

interface Call {
  readonly token?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** A password's hash in microseconds. */
const CHEAP: PasswordCost = { logN: 1, r: 1, p: 1 }

/** The fakes answer members' calls of their platforms. The calls of bots and of subscriptions, and every other platform's, go out. */
const answeredBy = (fakes: readonly FakePlatform[]) => ({
  inject: [Platforms, PlatformHttp, AccessTokens, RANDOM],
  factory: (platforms: Platforms, http: PlatformHttp, tokens: AccessTokens, random: Random) =>
    new PlatformClients(
      platforms.all.map((platform) => {
        const client = platform.connect({ http, tokens, random })
        const fake = fakes.find((one) => one.platform === platform.name)
        if (!fake) return client
        return {
          platform: platform.name,
          exchangeCode: (app, code) => fake.exchangeCode(app, code),
          declare: (app, sharer) => fake.declare(app, sharer),
          ...(client.nameOf && { nameOf: (app, viewerKey) => fake.nameOf(app, viewerKey) }),
          ...(client.bots && { bots: client.bots }),
          ...(client.subscriptions && { subscriptions: client.subscriptions }),
          ...(client.web && { web: fake.web }),
        }
      }),
    ),
})

/** What a service finds around it. */
export type Outside = Pick<TestApp, 'dir' | 'clock' | 'wechat' | 'wecom' | 'platforms'> & {
  /** The machine's clock: the service then has a time source of its own. Without it, it goes by `clock` and trusts it. */
  readonly host?: ManualClock
}

/** The whole service over a database file of its own, with platforms and clock in the test's hands. */
export class TestApp {
  private constructor(
    readonly nest: NestFastifyApplication,
    readonly clock: ManualClock,
    readonly wechat: FakePlatform,
    readonly wecom: FakePlatform,
    readonly dir: string,
    readonly platforms: readonly Platform[],
    private readonly change: Partial<Config>,
    /** Everything that the router serves: method and pattern. */
    readonly routed: readonly Routed[],
  ) {}

  /** Where a suite runs that says nothing about its database; else a file of its own. */
  static database: (() => Promise<Config['database']>) | undefined

  /**
   * @param reuse the outside of another one: its database, clock and platforms, or only what is named; `realCalls`: no
   * platform answers in memory
   */
  static async start(
    changed: Partial<Config> = {},
    reuse?: Partial<Outside> & { realCalls?: boolean },
  ): Promise<TestApp> {
    const database = reuse?.dir === undefined ? await TestApp.database?.() : undefined
    const change = { ...(database && { database }), ...changed }
    const dir = reuse?.dir ?? mkdtempSync(path.join(tmpdir(), 'sealcard-'))
    const clock = reuse?.host ?? reuse?.clock ?? new ManualClock()
    const file = path.join(dir, 'test.sqlite')
    const config = testConfig(file, change)
    if (reuse?.dir === undefined && !change.database) await copyMigratedFile(file)
    const wechat = reuse?.wechat ?? new FakePlatform('wechat')
    const wecom = reuse?.wecom ?? new FakePlatform('wecom')
    const platforms = reuse?.platforms ?? PLATFORMS
    const builder = Test.createTestingModule({
      imports: [AppModule.of(config, 'silent', platforms)],
    })
    if (reuse?.host) builder.overrideProvider(HOST_CLOCK).useValue(clock)
    else {
      const trusted = { now: () => clock.now(), problem: undefined }
      builder
        .overrideProvider(SERVICE_TIME)
        .useValue(trusted)
        .overrideProvider(CLOCK)
        .useValue(clock)
    }
    if (config.database.kind === 'sqlite' && config.database.file === ':memory:')
      builder.overrideProvider(DataSource).useFactory({ inject: [CONFIG], factory: openInMemory })
    const module = await builder
      .overrideProvider(TIMERS)
      .useValue(new LenientTimers())
      .overrideProvider(PASSWORD_COST)
      .useValue(CHEAP)
      .overrideProvider(DOCTOR_OUTSIDE)
      .useValue(quietOutside(platforms))
      .overrideProvider(PlatformClients)
      .useFactory(answeredBy(reuse?.realCalls ? [] : [wechat, wecom]))
      .compile()
    const adapter = createAdapter(config)
    const routed: Routed[] = []
    adapter.getInstance().addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) routed.push({ method: one, url })
    })
    const nest = module.createNestApplication<NestFastifyApplication>(adapter, {
      bodyParser: false,
      abortOnError: false,
      logger: false,
    })
    await configureEdge(nest)
    await nest.init()
    await nest.getHttpAdapter().getInstance().ready()
    // Jobs run when a test says so.
    const jobs = nest.get(Jobs)
    for (const name of jobs.names) jobs.unschedule(name)
    return new TestApp(nest, clock, wechat, wecom, dir, platforms, change, routed)
  }

  /** The same database under a new process's state. */
  async restart(): Promise<TestApp> {
    await this.nest.close()
    return TestApp.start(this.change, this)
  }

  /** A second process over the same database. */
  beside(change: Partial<Config> = {}): Promise<TestApp> {
    return TestApp.start({ ...this.change, ...change }, this)
  }

  async stop(): Promise<void> {
    await this.nest.close()
    rmSync(this.dir, { recursive: true, force: true })
  }

  get storage(): DataSource {
    return this.nest.get(DataSource)
  }

  async call(
    method: string,
    url: string,
    { token, body, headers = {} }: Call = {},
  ): Promise<Answer> {
    const payload =
      body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
    const response = await this.nest.inject({
      method: method as 'GET',
      url,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(payload !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload !== undefined && { payload }),
    })
    const text = response.body
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      // The answer to a HEAD has a type and no body.
      body:
        text !== '' && /\/(problem\+)?json\b/.test(String(response.headers['content-type']))
          ? JSON.parse(text)
          : undefined,
    }
  }

  /** Logs a person in; the platform's key of theirs is `key(keyName)`. @returns the bearer token */
  async login(person: string, app = WECHAT, keyName = person): Promise<string> {
    const answer = await this.call('POST', '/v1/sessions', {
      body: { app, code: `${person}|${key(keyName)}` },
    })
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.body.token
  }

  /** A card of the owner and a share of it. */
  async shared(owner: string, card: object = {}) {
    const created = await this.call('POST', '/v1/cards', {
      token: owner,
      body: { title: 'Title', body: 'The secret', ...card },
    })
    if (created.status !== 201) throw new Error(created.text)
    const share = await this.call('POST', `/v1/cards/${created.body.id}/shares`, { token: owner })
    if (share.status !== 201) throw new Error(share.text)
    const { declare } = share.body
    const declared: string = declare.activityId ?? declare.state
    return { cardId: created.body.id as string, shareId: share.body.id as string, declared }
  }

  open(token: string, shareId: string, proof: object): Promise<Answer> {
    return this.call('POST', `/v1/shares/${shareId}/openings`, { token, body: proof })
  }
}
