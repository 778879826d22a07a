import type { Chat, Client, EnterOptions, Person, Phone } from '../contract.js'
import type { BotConfig, BotState } from './bot-types.js'
import type { Settings } from './settings.js'

/** The whole world as plain data: what is saved, exported and imported. */
export interface WorldState {
  format: 1
  /** The world's time is `frozenAt`, or the real time plus `offset`. */
  clock: { offset: number; frozenAt: number | null }
  settings: Settings
  apps: { wechat: WechatApp[]; wecom: WecomApp[] }
  people: Record<string, Person>
  phones: Record<string, PhoneRecord>
  chats: Record<string, ChatRecord>
  cards: Record<string, CardRecord>
  /** `${appid} ${person}` → WeChat identity. */
  identities: Record<string, WechatIdentity>
  /** `${client} ${app} ${person}` → session at the platform. */
  sessions: Record<string, SessionRecord>
  codes: Record<string, CodeRecord>
  tokens: Record<string, TokenRecord>
  /** `${appid}` → forced refreshes of its stable token. */
  forced: Record<string, { day: number; count: number; lastAt: number }>
  activities: Record<string, ActivityRecord>
  tickets: Record<string, TicketRecord>
  bots: Record<string, BotRecord>
  /** Oldest first. */
  appMessages: AppMessageRecord[]
  /** Counts up; ids of people, phones, chats and cards come from it. */
  lastId: number
}

export interface WechatApp {
  appid: string
  secret: string
  name: string
  /** Bound to an Open Platform account: jscode2session also answers unionid (W5). */
  openPlatform: boolean
}

export interface WecomApp {
  corpid: string
  agentid: number
  secret: string
  /** appid of the mini-program linked to this app; null: none. */
  miniProgram: string | null
  /** Ids of people outside the app's visible range (可见范围). */
  outOfRange: string[]
}

export interface PhoneRecord extends Phone {
  /** appid of the mini-program that this phone runs. */
  miniProgram: string
  running: boolean
  life: number
  enter: EnterOptions | null
  /** Ticket of the last opening in WeCom, which qy.getContext answers. */
  contextTicket: string | null
  /** session_key of the last code this phone obtained (WeChat) or had exchanged (WeCom). */
  lastKey: Record<Client, string | null>
  share: WechatShareAttributes
  /** Page instance → what qy.setShareAttr marked it with. */
  pages: Record<string, { withShareTicket: boolean; state: string }>
  hiddenMenus: string[]
}

/** W14, C10: they belong to the running app, not to the page. */
export interface WechatShareAttributes {
  withShareTicket: boolean
  isPrivateMessage: boolean
  activityId: string | null
}

export interface ChatRecord extends Chat {
  /** Person → when they last left. */
  leftAt: Record<string, number>
}

export interface CardRecord {
  id: string
  client: Client
  miniProgram: string
  chat: string
  from: string
  sentAt: number
  title: string
  imageUrl: string | null
  path: string
  /** Declared as a private message on this client. */
  private: boolean
  /** Sent with a share ticket that survived the sender's client. */
  ticketed: boolean
  activityId: string | null
  state: string | null
  forwardedFrom: string | null
}

export interface WechatIdentity {
  openid: string
  unionid: string | null
}

export interface SessionRecord {
  key: string
  since: number
  expiresAt: number
}

export interface CodeRecord {
  client: Client
  /** appid of the mini-program. */
  app: string
  person: string
  phone: string
  issuedAt: number
  usedAt: number | null
  /** Q8: in WeCom the new key is valid only once the code was exchanged. */
  pendingKey: string | null
}

export interface TokenRecord {
  kind: 'normal' | 'stable' | 'wecom'
  app: string
  issuedAt: number
  expiresAt: number
  /** Accepted until then although replaced; null: it is the latest. */
  replacedUntil: number | null
}

export interface ActivityRecord {
  appid: string
  /** The designated sharer; null: made without openid and unionid. */
  sharer: string | null
  createdAt: number
}

/** A message of an app to members. */
export interface AppMessageRecord {
  id: string
  /** `corpid/agentid`. */
  app: string
  /** Ids of the people whom it reached. */
  to: string[]
  at: number
  text: string
  /** Of the request: the same again is a duplicate. */
  digest: string
}

export interface TicketRecord {
  phone: string
  life: number
  card: string
  miniProgram: string
  client: Client
}

export interface BotRecord {
  id: string
  config: BotConfig
  state: BotState
}
