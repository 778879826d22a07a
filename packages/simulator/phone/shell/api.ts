import type {
  BotChat,
  BridgeAnswer,
  BridgeCall,
  CallList,
  Chat,
  ChatCard,
  ChatView,
  Client,
  EnterOptions,
  ForwardCall,
  OpenCall,
  Person,
  PhoneBots,
  PhoneChats,
  PhoneMessages,
  PhoneView,
  Refusal,
  SentCard,
  ShareCall,
  WebCall,
  WebPageView,
  WebShareCall,
} from '../../src/contract.js'

/** The simulator said no, in words to show. */
export class RefusedError extends Error {}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const network: typeof globalThis.fetch = (...parameters) => globalThis.fetch(...parameters)

/** The same port for the mini-program's own calls. */
export const networkPort = network

const ask = async <T>(method: Method, path: string, body?: unknown): Promise<T> => {
  const response = await network(`/simulator${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  const text = await response.text()
  const answer: unknown = text === '' ? {} : JSON.parse(text)
  if (!response.ok) throw new RefusedError((answer as Partial<Refusal>).message ?? text)
  return answer as T
}

const id = encodeURIComponent
const phonePath = (phone: string) => `/phones/${id(phone)}`

export interface WorldTime {
  now: number
  frozen: boolean
  /** By how much the world is ahead of the computer, ms. */
  ahead: number
}

export interface Fault {
  id: string
  operation: string
  phone?: string
  /** null: until it is removed. */
  count: number | null
  hits: number
}

export interface DeskSettings {
  phones: { viewDelayMs: number }
}

export interface Status {
  now: number
  apps: { appid: string; name: string }[]
}

export type SceneId = 'single' | 'group' | 'customer' | 'forward' | 'once' | 'web' | 'bot'

/** What a person does in the chat with a smart bot; the same that tests send. */
export type BotCall =
  | { kind: 'text'; text: string }
  | { kind: 'enter' }
  | { kind: 'feedback'; id: string; type: 1 | 2 }
  | {
      kind: 'click'
      task_id: string
      event_key: string
      card_type: string
      selected_items?: Record<string, string[]>
    }

export const api = {
  phones: async () => (await ask<{ phones: PhoneView[] }>('GET', '/phones')).phones,
  phone: (phone: string) => ask<PhoneView>('GET', phonePath(phone)),
  chatsOf: async (phone: string): Promise<ChatView[]> =>
    (await ask<PhoneChats>('GET', `${phonePath(phone)}/chats`)).chats,
  botsOf: async (phone: string): Promise<BotChat[]> =>
    (await ask<PhoneBots>('GET', `${phonePath(phone)}/bots`)).bots,
  messagesOf: async (phone: string): Promise<BotChat[]> =>
    (await ask<PhoneMessages>('GET', `${phonePath(phone)}/messages`)).apps,
  bots: async () => (await ask<{ bots: { id: string; name: string }[] }>('GET', '/bots')).bots,
  /** Answers with the bot's first reply; the rest of a stream comes as changes. */
  tellBot: (bot: string, person: string, call: BotCall) =>
    ask<unknown>('POST', `/bots/${id(bot)}/sends`, { ...call, from: person, wait: 'reply' }),
  open: (phone: string, call: OpenCall) =>
    ask<EnterOptions>('POST', `${phonePath(phone)}/openings`, call),
  close: (phone: string) => ask<unknown>('POST', `${phonePath(phone)}/close`),
  share: async (phone: string, call: ShareCall): Promise<ChatCard> =>
    (await ask<SentCard>('POST', `${phonePath(phone)}/shares`, call)).card,
  forward: async (phone: string, call: ForwardCall): Promise<ChatCard> =>
    (await ask<SentCard>('POST', `${phonePath(phone)}/forwards`, call)).card,
  openWeb: (phone: string, call: WebCall) =>
    ask<WebPageView>('POST', `${phonePath(phone)}/web`, call),
  closeWeb: (phone: string) => ask<unknown>('DELETE', `${phonePath(phone)}/web`),
  bridge: (phone: string, name: string, call: BridgeCall) =>
    ask<BridgeAnswer>('POST', `${phonePath(phone)}/web/bridge/${id(name)}`, call),
  shareWeb: async (phone: string, call: WebShareCall): Promise<ChatCard> =>
    (await ask<SentCard>('POST', `${phonePath(phone)}/web/shares`, call)).card,
  people: async () => (await ask<{ people: Person[] }>('GET', '/people')).people,
  chats: async () => (await ask<{ chats: Chat[] }>('GET', '/chats')).chats,
  join: (chat: string, person: string) =>
    ask<unknown>('POST', `/chats/${id(chat)}/members`, { person }),
  leave: (chat: string, person: string) =>
    ask<unknown>('DELETE', `/chats/${id(chat)}/members/${id(person)}`),
  setScene: (scene: SceneId) => ask<unknown>('POST', `/scenes/${scene}`),
  /** Forwards the newest private card to somebody who never got it. */
  sendToStranger: () => ask<{ phone: string; card: ChatCard }>('POST', '/scenes/stranger', {}),
  /** A world without anything secret, as text. */
  exportWorld: async () => JSON.stringify(await ask<object>('GET', '/world'), null, 2),
  importWorld: (text: string) => ask<unknown>('PUT', '/world', JSON.parse(text)),
  calls: () => ask<CallList>('GET', '/calls'),
  clearCalls: () => ask<CallList>('DELETE', '/calls'),
  /** A test that repeats the call. */
  callAsTest: async (n: number) => (await network(`/simulator/calls/${n}/test`)).text(),
  status: () => ask<Status>('GET', '/'),
  clock: () => ask<WorldTime>('GET', '/clock'),
  advance: (ms: number) => ask<WorldTime>('POST', '/clock', { advance: ms }),
  backToNow: () => ask<WorldTime>('POST', '/clock', { real: true }),
  setClock: (now: number) => ask<WorldTime>('POST', '/clock', { set: now }),
  rotateKey: (client: Client, person: string) =>
    ask<unknown>('POST', '/session-keys/rotate', { client, person }),
  faults: async () => (await ask<{ faults: Fault[] }>('GET', '/faults')).faults,
  /** Every call that a fault can be of. */
  operations: async () => (await ask<{ operations: string[] }>('GET', '/operations')).operations,
  removeFault: (fault: string) => ask<unknown>('DELETE', `/faults/${id(fault)}`),
  settings: () => ask<DeskSettings>('GET', '/settings'),
  patchSettings: (patch: object) => ask<unknown>('PATCH', '/settings', patch),
  addFault: (fault: { operation: string; count: number | null; effect: object; phone?: string }) =>
    ask<unknown>('POST', '/faults', fault),
  clearFaults: () => ask<unknown>('DELETE', '/faults'),
  addPerson: (person: { name: string; wechat: boolean; wecomUserid: string | null }) =>
    ask<Person>('POST', '/people', person),
  addPhone: (phone: { person: string; client: Client }) => ask<PhoneView>('POST', '/phones', phone),
  addChat: (chat: { client: Client; kind: 'single'; members: string[] }) =>
    ask<Chat>('POST', '/chats', chat),
}
