/**
 * What crosses between a phone (a browser page or jsdom running the compiled mini-program) and the simulated platforms.
 * Both sides import these types; neither imports the other.
 */

export type Client = 'wechat' | 'wecom'
export type DevicePlatform = 'ios' | 'android' | 'windows' | 'mac' | 'devtools'

/** A person in the simulated world; may have a WeChat account, a WeCom account, or both. */
export interface Person {
  id: string
  name: string
  wechat: boolean
  /** userid in the simulated corp; null: not a member. */
  wecomUserid: string | null
}

/** One installed client: a person, on a platform, on a device. */
export interface Phone {
  id: string
  person: string
  client: Client
  platform: DevicePlatform
  /** Client version, e.g. `8.0.50` for WeChat, `4.1.30` for WeCom. Old WeCom (<3.1.8) can re-forward private cards. */
  version: string
  /** Base library version. */
  sdkVersion: string
  language: 'zh_CN' | 'en'
  /** Milliseconds that a view update or an event takes between the page's view and its logic; absent: none. */
  viewDelayMs?: number
  /** Text size chosen in the client, px; absent: 16. */
  fontSizeSetting?: number
}

export interface Chat {
  id: string
  client: Client
  kind: 'single' | 'group'
  name: string
  /** Ids of people. Membership is judged at the moment of opening. */
  members: string[]
  /** A WeCom chat with a WeChat customer in it: the customer's phone is a WeChat phone and gets no ticket. */
  interop: boolean
}

/** A mini-program card in a chat, as a phone sees it: never the activityId or state it was declared with. */
export interface ChatCard {
  id: string
  chat: string
  from: string
  sentAt: number
  title: string
  imageUrl: string | null
  /** `pages/open/index?s=…`, as onShareAppMessage answered. */
  path: string
  /** The client draws a lock on private cards. */
  private: boolean
  forwardedFrom: string | null
  /** A link to a web page: it has no path. */
  link?: { url: string; desc: string }
}

/** Answer of wx.getEnterOptionsSync and argument of App.onLaunch/onShow. */
export interface EnterOptions {
  path: string
  query: Record<string, string>
  scene: number
  shareTicket?: string
  referrerInfo: Record<string, never>
  chatType?: 1 | 2 | 3 | 4
  apiCategory: 'default'
}

/** `POST /simulator/phones/:phone/wx/:api` with `{page, args}`; `api` is `login`, `authPrivateMessage`, `qy.getShareInfo`, … */
export interface WxCall {
  /** Identity of the page instance, `route#n`: share attributes belong to it or to the app, as each platform has it. */
  page: string
  args: Record<string, unknown>
}
export type WxAnswer =
  | { ok: true; res: { errMsg: string } & Record<string, unknown> }
  | { ok: false; res: { errMsg: string; errno?: number; errCode?: number } }

/** `POST /simulator/phones/:phone/request`: wx.request over the simulated network. */
export interface RequestCall {
  url: string
  method: string
  header: Record<string, string>
  /** Already serialised as wx.request does it; absent for GET. */
  body?: string
  timeout?: number
}
export type RequestAnswer =
  | {
      ok: true
      res: {
        errMsg: 'request:ok'
        statusCode: number
        header: Record<string, string>
        body: string
      }
    }
  | { ok: false; res: { errMsg: string; errno: number } }

/**
 * `POST /simulator/phones/:phone/web`: a web page (H5) is opened. It comes from a link in a chat, a pasted address, the
 * workbench, or a chat's attachment bar.
 */
export type WebCall =
  | { via: 'card'; card: string }
  | { via: 'link'; url: string }
  | { via: 'home' }
  | { via: 'attachment'; chat: string }

/** The open page. Its frame is `<protocol>//<host>:<port of the simulator><path>`. */
export interface WebPageView {
  view: string
  host: string
  path: string
  /** As the world says it, with the parameters that the client appended. */
  address: string
  /** Opened from a chat's attachment bar. */
  attachment: boolean
}

/** What the page of a frame asks its client for. */
export interface BridgeCall {
  view: string
  /** One for each document that the frame loads. */
  document: string
  address: string
  args: Record<string, unknown>
}
/** `POST /simulator/phones/:phone/web/bridge/:api`: what the client answers, or what the person has to confirm first. */
export type BridgeAnswer =
  | { err_msg: string; [field: string]: unknown }
  | {
      ask: { title: string; desc: string; link: string; imageUrl: string | null; private: boolean }
    }

/** `POST /simulator/phones/:phone/web/shares`: the person chose a chat. `menu`: the page had nothing to say. */
export interface WebShareCall extends BridgeCall {
  api: 'shareAppMessage' | 'sendAppMessage' | 'menu'
  chat: string
}

/** `POST /simulator/phones/:phone/shares`: the share sheet was confirmed. `share` is what onShareAppMessage answered. */
export interface ShareCall {
  page: string
  from: 'menu' | 'button'
  chat: string
  share: { title?: string; path?: string; imageUrl?: string }
}

/** `POST /simulator/phones/:phone/openings` → EnterOptions. */
export type OpenCall =
  | { via: 'card'; card: string }
  /** From the list of recently used mini-programs: never a ticket. */
  | { via: 'recent'; path?: string }
  /** From a smart bot's card: it names a page, and carries no ticket. */
  | { via: 'bot'; path: string }

/** `POST /simulator/phones/:phone/forwards`: long-press forward; refused by clients that forbid it for private cards. */
export interface ForwardCall {
  card: string
  chat: string
}

/** `POST …/shares` and `POST …/forwards` answer 201 with the card that is now in the chat, or 409 `Refusal`. */
export interface SentCard {
  card: ChatCard
}

/** A chat as one phone shows it. A person who left still has the history up to that moment. */
export interface ChatView extends Chat {
  /** What this phone calls the chat: in a 1-to-1 chat, the other person's name. */
  title: string
  left: boolean
  cards: ChatCard[]
}

/** `GET /simulator/phones/:phone/chats` */
export interface PhoneChats {
  chats: ChatView[]
}

/** Where a tap on a bot's card leads (Q29): 1 a web page, 2 a mini-program. */
export interface BotTarget {
  type?: number
  url?: string
  appid?: string
  pagepath?: string
}

export interface BotChoice {
  id: string
  text: string
  is_checked?: boolean
}

export interface BotSelect {
  question_key: string
  title?: string
  disable?: boolean
  selected_id?: string
  option_list: BotChoice[]
}

/** A smart bot's template card (Q29): what a phone draws of the five kinds. It was judged before it got here. */
export interface BotCard {
  card_type: string
  task_id?: string
  source?: { icon_url?: string; desc?: string; desc_color?: number }
  main_title?: { title?: string; desc?: string }
  emphasis_content?: { title?: string; desc?: string }
  quote_area?: BotTarget & { title?: string; quote_text?: string }
  sub_title_text?: string
  horizontal_content_list?: { keyname: string; value?: string; type?: number; url?: string }[]
  vertical_content_list?: { title: string; desc?: string }[]
  card_image?: { url: string; aspect_ratio?: number }
  image_text_area?: BotTarget & { title?: string; desc?: string; image_url: string }
  jump_list?: (BotTarget & { title: string; question?: string })[]
  card_action?: BotTarget
  action_menu?: { desc: string; action_list: { text: string; key: string }[] }
  button_list?: { text: string; style?: number; key: string }[]
  button_selection?: BotSelect
  checkbox?: { question_key: string; mode?: number; disable?: boolean; option_list: BotChoice[] }
  select_list?: BotSelect[]
  submit_button?: { text: string; key: string }
}

/** One thing in the 1-to-1 chat of a person and a smart bot, as a phone shows it. */
export type BotLine = { id: string; at: number } & (
  | { kind: 'said'; text: string }
  /** `busy`: the stream has not ended; `feedback`: the person may rate the answer under this id. */
  | { kind: 'text'; text: string; busy: boolean; feedback: string | null }
  | { kind: 'card'; card: BotCard }
  /** The bot did not answer, or not as the platform takes it: one sentence for each mistake. */
  | { kind: 'failed'; faults: string[] }
)

/** `GET /simulator/phones/:phone/bots`: the corp's smart bots on a member's WeCom phone; none on others. */
export interface PhoneBots {
  bots: BotChat[]
}
export interface BotChat {
  id: string
  name: string
  lines: BotLine[]
}

/**
 * `GET /simulator/phones/:phone/messages`: of the corp's apps to a member, on their WeCom phone; only of those that wrote. On a
 * WeChat phone the service notices.
 */
export interface PhoneMessages {
  apps: BotChat[]
}

/** `GET /simulator/phones` and `GET /simulator/phones/:phone`: a phone with what a page needs to draw it. */
export interface PhoneView extends Phone {
  personName: string
  /** The mini-program is open (launched and not closed). */
  running: boolean
  /** The app's web page on this phone's workbench. */
  webHome: boolean
  /** Its client forwards private cards, as old ones do. */
  forwardsPrivate: boolean
  /** Counts launches of the mini-program on this phone; tickets of an earlier life are dead. */
  life: number
}

/** One `data:` line of `GET /simulator/events` (server-sent events). `id` names what changed. */
export interface SimulatorEvent {
  type:
    | 'people'
    | 'phones'
    | 'chats'
    | 'clock'
    | 'settings'
    | 'faults'
    | 'bots'
    | 'messages'
    | 'calls'
    | 'reset'
  id: string | null
}

/** `GET /simulator/phones/:phone/requests`: what wx.request did on this phone; never bodies or tokens. */
export interface RequestRecord {
  n: number
  at: number
  method: string
  host: string
  path: string
  /** HTTP status, or the errno of a failure. */
  status: number | null
  errno: number | null
}

/** Who called whom: a person, the page's `wx`, its network, a web page's bridge, a server, or the platform a bot. */
export type CallLayer = 'person' | 'wx' | 'request' | 'bridge' | 'platform' | 'callback'

/** One call of the log. Codes, keys, tokens and signatures are masked in it. */
export interface CallRecord {
  n: number
  /** Of the world's clock, ms UTC. */
  at: number
  ms: number
  layer: CallLayer
  /** null: a server's. */
  phone: string | null
  name: string
  failed: boolean
  /** `login:ok`, `201`, `errcode 40001`. */
  outcome: string
  args: unknown
  answer: unknown
  /** What the platform encrypted in the answer, in clear; null: nothing, or with a key that is gone. */
  clear: string | null
  /** The card that it was about, by its letter; null: none that is known. */
  card: string | null
  /** `GET …/calls/:n/test` makes a test of it. */
  testable: boolean
}

/** `GET /simulator/calls`: the last 500, oldest first, and the cards that they were about. */
export interface CallList {
  calls: CallRecord[]
  cards: { label: string; title: string }[]
}

/**
 * Every answer of `/simulator/…` with a status of 400 or more.
 * 400 `bad_input` (names the field) · 404 `not_found`, `unknown_route` · 409 `refused` (what the client itself would refuse, in a
 * sentence to show) · 501 `not_simulated`.
 */
export interface Refusal {
  error: 'bad_input' | 'not_found' | 'unknown_route' | 'refused' | 'not_simulated'
  message: string
  issues?: { path: string; message: string }[]
  closest?: string
}
