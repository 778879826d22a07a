import type { SimulatorEvent } from '../contract.js'
import type { Clock, Random } from '../ports.js'
import { Activities } from './activities.js'
import { AppMessages } from './app-messages.js'
import { Bots } from './bots.js'
import { Cards } from './cards.js'
import { Chats } from './chats.js'
import { WorldCore } from './core.js'
import { Faults, type FaultEffect } from './faults.js'
import { Openings } from './openings.js'
import { People } from './people.js'
import { Phones } from './phones.js'
import { danglingIn, fromPortable, PortableWorld, toPortable } from './portable.js'
import { badInput } from './problem.js'
import { Recipients } from './recipients.js'
import type { WechatApp, WecomApp, WecomWeb, WorldState } from './records.js'
import { Sessions } from './sessions.js'
import { defaultSettings, Settings } from './settings.js'
import { Subscriptions } from './subscriptions.js'
import { Time } from './time.js'
import { Tokens } from './tokens.js'
import { JsTickets } from './web/js-tickets.js'
import { WebCodes } from './web/web-codes.js'
import { WebPages } from './web/web-pages.js'

export type Apps = WorldState['apps']

export const emptyState = (apps: Apps): WorldState => ({
  format: 1,
  clock: { offset: 0, frozenAt: null },
  settings: defaultSettings(),
  apps: structuredClone(apps),
  people: {},
  phones: {},
  chats: {},
  cards: {},
  identities: {},
  sessions: {},
  codes: {},
  tokens: {},
  forced: {},
  activities: {},
  tickets: {},
  bots: {},
  web: { tickets: {}, calls: {}, codes: {} },
  appMessages: [],
  subscriptions: {},
  lastId: 0,
})

/** The simulated WeChat and WeCom: all data and every rule about it. Knows nothing of HTTP. */
export class World {
  readonly #core: WorldCore
  readonly time: Time
  readonly people: People
  readonly phones: Phones
  readonly chats: Chats
  readonly cards: Cards
  readonly openings: Openings
  readonly recipients: Recipients
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly activities: Activities
  readonly bots: Bots
  readonly appMessages: AppMessages
  readonly subscriptions: Subscriptions
  readonly jsTickets: JsTickets
  readonly webCodes: WebCodes
  readonly webPages: WebPages
  readonly faults = new Faults()

  constructor(
    private readonly apps: Apps,
    ports: { clock: Clock; random: Random },
  ) {
    this.#core = new WorldCore(emptyState(apps), ports.clock, ports.random)
    this.time = new Time(this.#core)
    this.people = new People(this.#core)
    this.phones = new Phones(this.#core, this.people)
    this.chats = new Chats(this.#core, this.people)
    this.activities = new Activities(this.#core)
    this.bots = new Bots(this.#core)
    this.appMessages = new AppMessages(this.#core)
    this.subscriptions = new Subscriptions(this.#core)
    this.cards = new Cards(this.#core, this.chats, this.activities)
    this.openings = new Openings(this.#core, this.chats, this.phones)
    this.recipients = new Recipients(this.#core, this.chats)
    this.sessions = new Sessions(this.#core)
    this.tokens = new Tokens(this.#core)
    this.jsTickets = new JsTickets(this.#core)
    this.webCodes = new WebCodes(this.#core)
    this.webPages = new WebPages(this.#core, this.chats)
  }

  get version(): number {
    return this.#core.version
  }
  now(): number {
    return this.#core.now()
  }
  bytes(count: number): Buffer {
    return this.#core.bytes(count)
  }
  hex(length: number): string {
    return this.#core.hex(length)
  }
  listen(listener: (event: SimulatorEvent) => void): () => void {
    return this.#core.listen(listener)
  }
  /** An operation that changed a record itself calls this. */
  changed(type?: SimulatorEvent['type'], id?: string): void {
    this.#core.changed(type, id)
  }

  /** The next scripted answer for an operation; pages hear when it was the last one. */
  takeFault(operation: string, phone?: string): FaultEffect | null {
    const before = this.faults.list().length
    const effect = this.faults.take(operation, phone)
    if (this.faults.list().length !== before) this.#core.changed('faults')
    return effect
  }

  get settings(): Settings {
    return this.#core.state.settings
  }

  patchSettings(patch: { [S in keyof Settings]?: Record<string, unknown> | undefined }): Settings {
    const next = Settings.safeParse({
      wechat: { ...this.settings.wechat, ...patch.wechat },
      wecom: { ...this.settings.wecom, ...patch.wecom },
      phones: { ...this.settings.phones, ...patch.phones },
    })
    if (!next.success) {
      const [issue] = next.error.issues
      throw badInput(issue?.path.join('.') ?? 'settings', issue?.message ?? 'is wrong')
    }
    this.#core.state.settings = next.data
    this.#core.changed('settings')
    return next.data
  }

  wechatApp(appid: string): WechatApp | undefined {
    return this.#core.state.apps.wechat.find((app) => app.appid === appid)
  }

  wecomApps(): WecomApp[] {
    return this.#core.state.apps.wecom
  }

  /** The WeCom app that a mini-program is linked to. */
  linkedTo(appid: string): WecomApp | undefined {
    return this.wecomApps().find((app) => app.miniProgram === appid)
  }

  /** The apps that the process was started with now; who is out of their range stays as it was. */
  useApps(apps: Apps): void {
    const before = this.wecomApps()
    this.#core.state.apps = structuredClone(apps)
    for (const app of this.wecomApps()) {
      const known = before.find((other) => tokenApp(other) === tokenApp(app))
      if (!known) continue
      app.outOfRange = known.outOfRange
      if (known.web && !app.web) app.web = known.web
    }
    this.#core.changed()
  }

  /** The page of an app (H5), or none any more. */
  setWeb(agentid: number | undefined, web: WecomWeb | null): WecomApp {
    const app = this.wecomApps().find((one) => agentid === undefined || one.agentid === agentid)
    if (!app) throw badInput('agentid', 'is not known')
    if (web) app.web = web
    else delete app.web
    this.#core.changed()
    return app
  }

  wechatApps(): WechatApp[] {
    return this.#core.state.apps.wechat
  }

  serialize(): string {
    return JSON.stringify(this.#core.state)
  }

  export(): WorldState {
    return structuredClone(this.#core.state)
  }

  import(state: unknown): void {
    const known = Object.keys(emptyState(this.apps))
    // Worlds from before the bots, the apps' messages, their acceptances and the web pages have none.
    const given: Record<string, unknown> | null = isRecord(state)
      ? { bots: {}, appMessages: [], subscriptions: {}, web: emptyState(this.apps).web, ...state }
      : null
    if (given?.['format'] !== 1) throw badInput('format', 'must be 1')
    for (const key of known) if (!(key in given)) throw badInput(key, 'is missing')
    const settings = Settings.safeParse(given['settings'])
    if (!settings.success) throw badInput('settings', 'are not those of this version')
    this.#core.state = structuredClone({ ...given, settings: settings.data }) as WorldState
    this.#core.changed('reset')
  }

  /** Without anything secret: see `PortableWorld`. */
  exportPortable(): PortableWorld {
    return toPortable(this.#core.state)
  }

  importPortable(given: unknown): void {
    const read = PortableWorld.safeParse(given)
    if (!read.success) {
      const [issue] = read.error.issues
      throw badInput(issue?.path.join('.') || 'format', issue?.message ?? 'is wrong')
    }
    const [dangling] = danglingIn(read.data)
    if (dangling !== undefined) throw badInput(dangling, 'is not in the file')
    this.#core.state = fromPortable(read.data, this.#core.state, emptyState(this.apps))
    this.#core.changed('reset')
  }

  /** Nobody, no chat and no card. Apps, bots and who people are to the platforms stay: services know them. */
  clearStage(): void {
    const { apps, bots, identities, tokens, forced, lastId } = this.#core.state
    this.#core.state = { ...emptyState(this.apps), apps, bots, identities, tokens, forced, lastId }
    for (const app of apps.wecom) app.outOfRange = []
    this.faults.clear()
    this.#core.changed('reset')
  }

  /** An empty world with the apps it was started with. */
  reset(): void {
    this.#core.state = emptyState(this.apps)
    this.faults.clear()
    this.#core.changed('reset')
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const tokenApp = (app: WecomApp): string => `${app.corpid}/${app.agentid}`
