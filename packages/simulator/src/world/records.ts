import type { BotCard, Chat, Client, EnterOptions, Person, Phone } from '../contract.js'
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
  web: WebState
  /** Oldest first. */
  appMessages: AppMessageRecord[]
  /** `${appid} ${person} ${template}` → messages that the person accepted and did not get. */
  subscriptions: Record<string, number>
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
  /** The app's web page (H5); without it no page of any domain is trusted. */
  web?: WecomWeb
}

export interface WecomWeb {
  /** Host, with the port if the address shows one: trusted for OAuth exactly (Q17), for the JS-SDK with its subdomains (Q16). */
  domain: string
  /** What the workbench and the attachment bar open. */
  home: string
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
  /** The web page that is open on this phone; none: absent. */
  web?: WebView
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
  /** A link to a web page instead of a page of the mini-program. */
  link?: CardLink
}

export interface CardLink {
  url: string
  desc: string
  /** `corpid/agentid` whose page it was; null: of no app. */
  app: string | null
  /** Host and port of the page that it was shared from. */
  from: string
}

/** What of the platform belongs to web pages (H5). */
export interface WebState {
  /** jsapi_ticket → whose it is. */
  tickets: Record<string, JsTicketRecord>
  /** `${kind} ${app}` → calls of this hour. */
  calls: Record<string, { hour: number; count: number }>
  codes: Record<string, WebCodeRecord>
}

export interface JsTicketRecord {
  kind: 'corp' | 'agent'
  /** corpid, or `corpid/agentid`. */
  app: string
  issuedAt: number
  expiresAt: number
}

/** An OAuth code (Q17). */
export interface WebCodeRecord {
  /** `corpid/agentid`. */
  app: string
  person: string
  /** Host and port of the page that it went to. */
  host: string
  issuedAt: number
  usedAt: number | null
}

/** One opening of a web page on a phone, until it is closed: what the client remembers beside the page. */
export interface WebView {
  id: string
  /** The address it was opened with. */
  address: string
  /** Q10's names. */
  entry: 'normal' | 'chat_attachment'
  /** The chat whose attachment bar opened it. */
  chat: string | null
  shareTicket: string | null
  /** The document that is loaded; another one starts without configuration. */
  document: string | null
  config: WebConfig | null
  agentConfig: WebConfig | null
  attribute: { withShareTicket: boolean; state: string; address: string } | null
  hiddenItems: string[]
  hiddenMenu: boolean
}

/** A handshake that succeeded: the signature that later calls must carry, and the address it is good for. */
export interface WebConfig {
  /** `corpid/agentid`; the corp's own handshake names the corp. */
  app: string
  ticket: string
  address: string
  signature: string
  apis: string[]
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
  /** `corpid/agentid`; appid of a subscription message. */
  app: string
  /** Ids of the people whom it reached. */
  to: string[]
  at: number
  text: string
  /** What opens a page. */
  card?: BotCard
  /** Of the request: the same again is a duplicate. */
  digest: string
}

export interface TicketRecord {
  phone: string
  life: number
  card: string
  miniProgram: string
  client: Client
  /** The opening of a web page that it was given to, and the domain it is bound to (Q15: 60242). */
  web?: { view: string; host: string }
}

export interface BotRecord {
  id: string
  config: BotConfig
  state: BotState
}
