import { createHash } from 'node:crypto'
import { FakePlatform } from '@sealcard/testing'
import { GRACE_MS } from '../../src/bots/notices/notice-finder.js'
import { BotNoticeEntity } from '../../src/bots/storage/bot-notice.entity.js'
import type { BotConfig, BotNotices } from '../../src/core/config/config.js'
import { Jobs } from '../../src/core/jobs/jobs.js'
import { HOUR } from '../../src/core/time.js'
import type { WecomAppConfig } from '../../src/platforms/wecom/wecom-app.js'
import { BotSender, deskBot } from './bot-sender.js'
import { testConfig, WECOM } from './config.js'
import { key, wecomProof } from './proofs.js'
import { TestApp } from './test-app.js'

const START = Date.UTC(2026, 0, 1)
export const SEND = '/cgi-bin/message/send'
export const TOKEN = '/cgi-bin/gettoken'
/** All on, as messages of the app. */
export const ALL: BotNotices = {
  by: 'app-message',
  firstOpening: true,
  refusedAttempts: true,
  expiringTomorrow: true,
}
export const NONE = { firstOpening: false, refusedAttempts: false, expiringTomorrow: false }

const PLENTY_MS = 30_000

/** What one test leaves to the next of a service that they share. */
const LEFT = ['proofs', 'openings', 'card_viewers', 'shares', 'cards', 'bot_people']

type Shared = Awaited<ReturnType<TestApp['shared']>>

/** A service whose app sends notices to a platform that the test decides; Alice's cards, and Bob who opens them. */
export class MessageBench {
  app: TestApp
  bot: BotSender
  alice: string
  bob: string
  /** With everything on; for tests that leave its platform in peace. */
  #shared: TestApp | undefined
  #sent = ''
  /** Of a try at the platform, ms: all that a busy machine needs, unless a test is about silence. */
  timeoutMs = PLENTY_MS
  /** Linked to the app; for tests of what opens a page. */
  miniProgram: string | undefined
  /** Of the apps. */
  change: Partial<WecomAppConfig> = {}

  private constructor(
    readonly platform: FakePlatform,
    private readonly sharing: boolean,
  ) {}

  /** One for a file: a platform of its own. @param sharing whether a test finds the service of the one before, emptied */
  static forFile(sharing = false): () => MessageBench {
    let bench: MessageBench
    beforeAll(async () => {
      bench = new MessageBench(await FakePlatform.start(), sharing)
    })
    afterAll(async () => {
      await bench.#shared?.stop()
      await bench.platform.stop()
    })
    beforeEach(() => {
      const { platform } = bench
      bench.timeoutMs = PLENTY_MS
      bench.miniProgram = undefined
      bench.change = {}
      platform.requests.length = 0
      platform.on(TOKEN, { errcode: 0, access_token: 'TOKEN', expires_in: 7200 })
      platform.on(SEND, { errcode: 0, errmsg: 'ok', msgid: 'm' })
    })
    afterEach(async () => {
      jest.restoreAllMocks()
      if (bench.app !== bench.#shared) await bench.app.stop()
    })
    return () => bench
  }

  async start(notices: BotNotices = ALL, ...others: BotConfig[]): Promise<this> {
    const common = this.sharing && notices === ALL && others.length === 0
    this.app = (common ? await this.#emptied() : undefined) ?? (await this.#new(notices, others))
    if (common) this.#shared = this.app
    this.bot = new BotSender(this.app)
    this.alice = await this.app.login('alice', WECOM)
    this.bob = await this.app.login('bob', WECOM)
    await this.poll()
    this.#sent = (await this.app.call('GET', '/metrics')).text
    return this
  }

  #new(notices: BotNotices, others: BotConfig[]): Promise<TestApp> {
    const apps = testConfig('').apps.map((each) => ({
      ...each,
      apiBase: this.platform.base,
      ...(each.platform === 'wecom' && this.change),
    }))
    const platformCalls = { timeoutMs: this.timeoutMs, breakerMs: 50 }
    // Without a linked mini-program messages are texts.
    const bots = [deskBot({ notices, miniProgramAppid: this.miniProgram }), ...others]
    return TestApp.start({ apps, platformCalls, bots })
  }

  async #emptied(): Promise<TestApp | undefined> {
    const app = this.#shared
    for (const table of app ? [...LEFT, 'bot_notices', 'bot_notice_cursors'] : [])
      await app?.storage.query(`DELETE FROM ${table}`)
    app?.clock.set(START)
    return app
  }

  poll(of = this.app): Promise<void> {
    return of.nest.get(Jobs).poll('bot-notices')
  }

  /** Looks when what was before has settled, or later. */
  async soon(ms = GRACE_MS): Promise<void> {
    this.app.clock.advance(ms)
    await this.poll()
  }

  /** @param hours until it expires */
  share(title = '周报', hours?: number): Promise<Shared> {
    const expiresAt = new Date(this.app.clock.now() + (hours ?? 0) * HOUR).toISOString()
    const policy = hours === undefined ? {} : { policy: { expiresAt } }
    return this.app.shared(this.alice, { title, body: 'CANARY-BODY', ...policy })
  }

  async open({ shareId, declared }: Shared): Promise<void> {
    this.app.clock.advance(1000)
    const proof = wecomProof(key('bob'), declared, 'bob', `${this.app.clock.now()}`)
    expect((await this.app.open(this.bob, shareId, proof)).status).toBe(201)
  }

  /** Somebody else opens it. */
  async openAs(person: string, { shareId, declared }: Shared): Promise<void> {
    const token = await this.app.login(person, WECOM)
    this.app.clock.advance(1000)
    const proof = wecomProof(key(person), declared, person, `${this.app.clock.now()}`)
    expect((await this.app.open(token, shareId, proof)).status).toBe(201)
  }

  /** A recipient comes when the card is over. */
  async comeLate(person: string, { shareId, declared }: Shared): Promise<void> {
    const token = await this.app.login(person, WECOM)
    this.app.clock.advance(1000)
    const proof = wecomProof(key(person), declared, person, `${this.app.clock.now()}`)
    expect((await this.app.open(token, shareId, proof)).status).toBe(410)
  }

  async ask(person: string, { shareId }: Shared, note?: string): Promise<void> {
    const token = await this.app.login(person, WECOM)
    this.app.clock.advance(1000)
    const body = note === undefined ? {} : { note }
    const url = `/v1/shares/${shareId}/requests`
    expect((await this.app.call('POST', url, { token, body })).status).toBe(202)
  }

  async refuse({ shareId }: Shared, times = 1): Promise<void> {
    for (let i = 0; i < times; i++) {
      this.app.clock.advance(1)
      const iv = createHash('md5').update(`${this.app.clock.now()}`).digest('base64')
      await this.app.open(this.bob, shareId, { encryptedData: key('junk'), iv })
    }
  }

  requests() {
    return this.platform.requests.filter(({ path }) => path === SEND)
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what the platform documents
  sent(): any[] {
    return this.requests().map(({ body }) => JSON.parse(body))
  }

  texts(): string[] {
    return this.sent().map(({ text }) => text.content)
  }

  notices(): Promise<BotNoticeEntity[]> {
    return this.app.storage.manager.find(BotNoticeEntity, { order: { createdAt: 'ASC' } })
  }

  async states(): Promise<string[]> {
    return (await this.notices()).map(({ state }) => state)
  }

  /** How many messages of this test ended so. */
  async metric(outcome: string): Promise<number> {
    const { text } = await this.app.call('GET', '/metrics')
    const line = new RegExp(`app_messages_total\\{bot="desk",outcome="${outcome}"\\} (\\d+)`)
    const [now, before] = [text, this.#sent].map((one) => Number(line.exec(one)?.[1] ?? 0))
    return (now ?? 0) - (before ?? 0)
  }
}
