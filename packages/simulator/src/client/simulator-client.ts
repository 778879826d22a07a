import type { z } from 'zod'
import { httpJson } from '../adapters/http-json.js'
import type {
  BotChat,
  Chat,
  Client,
  Person,
  PhoneBots,
  PhoneMessages,
  PhoneView,
  Refusal,
} from '../contract.js'
import type { ServerCallRecord } from '../server/request-log.js'
import type { BotView } from '../server/bot-routes.js'
import type { NewBot } from '../world/bots.js'
import type { NewChat } from '../world/chats.js'
import type { Fault, FaultEffect } from '../world/faults.js'
import type { NewPerson } from '../world/people.js'
import type { NewPhone, PhonePatch } from '../world/phones.js'
import type { Settings } from '../world/settings.js'
import type { WorldTime } from '../world/time.js'
import { BotClient } from './bot-client.js'
import { PhoneClient } from './phone-client.js'

/** An answer of 400 or more from `/simulator/…`. */
export class SimulatorRefusal extends Error {
  constructor(
    readonly status: number,
    readonly refusal: Refusal,
  ) {
    super(`${status} ${refusal.message}`)
  }
}

export interface SessionAt {
  client: Client
  person: string
  miniProgram?: string
}

/** Everything the control plane can do, typed, for tests and scripts. */
export class SimulatorClient {
  readonly baseUrl: string

  constructor(baseUrl: string) {
    this.baseUrl = baseUrl.replace(/\/$/, '')
  }

  /** Base addresses to give a server instead of the platforms'. */
  get wechatApiBase(): string {
    return `${this.baseUrl}/api.weixin.qq.com`
  }
  get wecomApiBase(): string {
    return `${this.baseUrl}/qyapi.weixin.qq.com`
  }

  /** A phone, to share, open and prove with. */
  phone(id: string): PhoneClient {
    return new PhoneClient(id, (method, path, body) => this.#call(method, path, body))
  }

  bots = async (): Promise<BotView[]> => (await this.#get<{ bots: BotView[] }>('/bots')).bots
  addBot = (bot: NewBot): Promise<BotView> => this.#post('/bots', bot)
  /** Registers a bot under an id, or changes its settings; what was said with it stays. */
  putBot = (id: string, bot: Omit<NewBot, 'id'>): Promise<BotView> =>
    this.#call('PUT', `/bots/${id}`, bot)
  /** A registered bot, to talk to. */
  bot(id: string): BotClient {
    return new BotClient(id, (method, path, body) => this.#call(method, path, body))
  }

  /** The bots of a phone, and its owner's chats with them. */
  botsOf = async (phone: string): Promise<BotChat[]> =>
    (await this.#get<PhoneBots>(`/phones/${phone}/bots`)).bots

  /** The chats of the corp's apps that wrote to the phone's owner. */
  messagesOf = async (phone: string): Promise<BotChat[]> =>
    (await this.#get<PhoneMessages>(`/phones/${phone}/messages`)).apps

  people = async (): Promise<Person[]> => (await this.#get<{ people: Person[] }>('/people')).people
  addPerson = (person: NewPerson): Promise<Person> => this.#post('/people', person)
  setVisible = (person: string, visible: boolean): Promise<Person> =>
    this.#call('PATCH', `/people/${person}`, { visible })

  phones = async (): Promise<PhoneView[]> =>
    (await this.#get<{ phones: PhoneView[] }>('/phones')).phones
  addPhone = (phone: NewPhone): Promise<PhoneView> => this.#post('/phones', phone)
  updatePhone = (id: string, patch: PhonePatch): Promise<PhoneView> =>
    this.#call('PATCH', `/phones/${id}`, patch)

  chats = async (): Promise<Chat[]> => (await this.#get<{ chats: Chat[] }>('/chats')).chats
  addChat = (chat: NewChat): Promise<Chat> => this.#post('/chats', chat)
  join = (chat: string, person: string): Promise<Chat> =>
    this.#post(`/chats/${chat}/members`, { person })
  leave = (chat: string, person: string): Promise<Chat> =>
    this.#call('DELETE', `/chats/${chat}/members/${person}`)

  clock = (): Promise<WorldTime> => this.#get('/clock')
  advance = (ms: number): Promise<WorldTime> => this.#post('/clock', { advance: ms })
  setClock = (ms: number): Promise<WorldTime> => this.#post('/clock', { set: ms })
  /** Back to the machine's time. */
  backToNow = (): Promise<WorldTime> => this.#post('/clock', { real: true })
  freeze = (frozen = true): Promise<WorldTime> => this.#post('/clock', { frozen })

  rotateSessionKey = (at: SessionAt): Promise<{ since: number }> =>
    this.#post('/session-keys/rotate', at)
  expireSession = (at: SessionAt): Promise<{ ended: true }> =>
    this.#post('/session-keys/expire', at)
  invalidateTokens = (client?: Client): Promise<{ invalidated: number }> =>
    this.#post('/tokens/invalidate', client ? { client } : {})

  /** Gives an app a web page (H5): trusted domain (the home's host, if not said) and what the workbench opens. */
  setWeb = (web: { home: string | null; domain?: string; agentid?: number }): Promise<unknown> =>
    this.#call('PUT', '/web', web)
  /** The next call gives another jsapi_ticket. */
  renewTicket = (kind: 'corp' | 'agent', agentid?: number): Promise<unknown> =>
    this.#post('/web/tickets/renew', { kind, ...(agentid !== undefined && { agentid }) })

  /** Scripts the next answers of an operation: `fault('wechat.jscode2session', {kind: 'errcode', errcode: -1})`. */
  fault = (
    operation: string,
    effect: FaultEffectInput,
    options: { count?: number | null; phone?: string } = {},
  ): Promise<Fault> => this.#post('/faults', { operation, effect, ...options })
  faults = async (): Promise<Fault[]> => (await this.#get<{ faults: Fault[] }>('/faults')).faults
  clearFaults = (): Promise<void> => this.#call('DELETE', '/faults')

  requests = async (operation?: string): Promise<ServerCallRecord[]> => {
    const query = operation === undefined ? '' : `?operation=${encodeURIComponent(operation)}`
    return (await this.#get<{ requests: ServerCallRecord[] }>(`/requests${query}`)).requests
  }
  clearRequests = (): Promise<void> => this.#call('DELETE', '/requests')

  settings = (): Promise<Settings> => this.#get('/settings')
  setSettings = (patch: {
    wechat?: Partial<Settings['wechat']>
    wecom?: Partial<Settings['wecom']>
    phones?: Partial<Settings['phones']>
  }): Promise<Settings> => this.#call('PATCH', '/settings', patch)

  setDomains = (domains: Record<string, string>): Promise<Record<string, string>> =>
    this.#call('PATCH', '/domains', domains)
  exportState = (): Promise<unknown> => this.#get('/state')
  importState = (state: unknown): Promise<void> => this.#call('PUT', '/state', state)
  reset = (seed: 'empty' | 'demo' = 'empty'): Promise<void> => this.#post('/reset', { seed })

  #get = <T>(path: string): Promise<T> => this.#call('GET', path)
  #post = <T>(path: string, body: unknown): Promise<T> => this.#call('POST', path, body)

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await httpJson(this.baseUrl, method, `/simulator${path}`, body)
    if (answer.status >= 400) throw new SimulatorRefusal(answer.status, answer.body as Refusal)
    return answer.body as T
  }
}

/** As the control plane takes it: what has a default may be left out. */
export type FaultEffectInput = z.input<typeof FaultEffect>
