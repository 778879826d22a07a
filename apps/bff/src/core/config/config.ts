import type { Declaration, InternalErrorCode, NameSource, WebhookEvent } from '@sealcard/protocol'
import type { z } from 'zod'
import type { Secret } from './secret.js'

/** Injection token of the `Config`. */
export const CONFIG = Symbol('Config')

export interface Config {
  mode: 'production' | 'development'
  server: { host: string; port: number }
  database: DatabaseConfig
  apps: AppConfig[]
  bots: BotConfig[]
  windows: WindowsConfig
  limits: LimitsConfig
  /** From the environment. Absent: none. */
  proxies?: ProxiesConfig
  platformCalls: PlatformCallsConfig
  receipts: ReceiptsConfig
  /** Absent: from `info` on. */
  log?: { level: LogLevel }
  /** Where metrics are, and nowhere else. Absent: `/metrics` of the service. */
  metrics?: { host: string; port: number }
  /** Origins whose pages may call the API. Absent: none but its own. */
  cors?: { origins: string[] }
  /** IP addresses and CIDR ranges whose `X-Forwarded-For` counts. Absent: none, and the operator did not say so. */
  trustedProxies?: string[]
  keyring: KeyringConfig
  /** The folder of the built web page. */
  page: string
  /** The folder of the built console of administrators. Without `index.html` there is no console. */
  console: string
  /** In development, the file by which the simulator moves the time. Absent: the machine's time. */
  clockFile?: string
  /** The folder of the built documentation. Without `index.html` there is none. */
  help: string
  /** Absent: no bearer token has the admin role. */
  adminToken?: Secret
  /** Absent: it came from no file. */
  file?: ConfigFileFacts
}

export interface ConfigFileFacts {
  path: string
  /** Whether a secret stands in it, rather than the name of a variable. */
  secretsInClear: boolean
}

/** Of log lines; lower ones are left out. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export type SqliteEngine = 'sqlite3' | 'better-sqlite3'

export interface SqliteConfig {
  kind: 'sqlite'
  /** A path, or `:memory:`. */
  file: string
  engine: SqliteEngine
  /** Pages of the write-ahead log from which on it is copied into the database; absent: the driver's number. */
  checkpointPages?: number
}

export interface PostgresConfig {
  kind: 'postgres'
  /** The whole `postgres://` URL; secret because it may hold a password. */
  url: Secret
}

export type DatabaseConfig = SqliteConfig | PostgresConfig

/** A platform, as the HTTP contract names it. */
export type PlatformName = Declaration['platform']

/** What every app has. The adapter of its platform knows the rest: `platforms/wechat/wechat.ts` and the others. */
export interface AppConfig {
  /** Our name for the app, e.g. `acme-wechat`. */
  id: string
  platform: PlatformName
  secret: Secret
  /** Without a trailing slash; may carry a path prefix. */
  apiBase: string
  /** Absent: no; an `apiBase` that is not the platform's is meant, and its host may see the secrets of the calls. */
  unofficialApiBase?: boolean | undefined
  /** Where names of people come from. Absent: the platform's directory, or the people themselves where it has none. */
  names?: NameSource | 'off' | undefined
  /** Of times that people read; a name of the IANA database. Absent: `Asia/Shanghai`. */
  timeZone?: string | undefined
  /** The page of the mini-program that opens cards. Absent: {@link OPEN_PATH}. */
  openPath?: string | undefined
  /** The page of the mini-program that shows a card to its owner, by `?id=`. Absent: {@link CARD_PATH}. */
  cardPath?: string | undefined
  /** The page of the mini-program that lists one's own cards. Absent: {@link HOME_PATH}. */
  homePath?: string | undefined
  /**
   * Who exchanges the code of a login. `server`: the adopter's back-end, which hands over person and session key. Absent:
   * this service.
   */
  login?: 'platform' | 'server' | undefined
  /** By what its calls leave. Absent: what `proxies` says. */
  proxy?: Secret | 'none' | undefined
  /** The servers that get the app's events. Absent: none. */
  webhooks?: WebhookConfig[] | undefined
}

export interface PreviousWebhookSecret {
  secret: Secret
  /** From then on it signs nothing, ms since the epoch. Absent: it signs until it leaves the configuration. */
  until?: number | undefined
}

/** A receiver of events, by the Standard Webhooks specification. */
export interface WebhookConfig {
  url: string
  /** `whsec_` and base64 of 24 to 64 bytes. */
  secret: Secret
  /** The secret before it, while it changes: messages are signed by both. */
  previous?: PreviousWebhookSecret | undefined
  /** Absent: all. */
  events?: WebhookEvent[] | undefined
  /** Absent: no. Its host may have a private address, and `http:` is allowed. */
  allowPrivate?: boolean | undefined
}

/** The page of our own mini-program that opens cards. */
export const OPEN_PATH = '/pages/open/index'
/** The page of our own mini-program that shows a card to its owner. */
export const CARD_PATH = '/pages/card/index'
/** The first page of our own mini-program. */
export const HOME_PATH = '/pages/index/index'

export interface BotConfig {
  id: string
  /** The `id` of one of `apps`. */
  app: string
  aibotid?: string | undefined
  token: Secret
  encodingAesKey: Secret
  /** Empty for a bot of an enterprise's own. */
  receiveId: string
  /** The keys before the present ones, while they are being changed. */
  previous?: PreviousBotKeys | undefined
  /** The mini-program that the bot's cards open; it must be linked to the bot's app. */
  miniProgramAppid?: string | undefined
  /** Absent: none. */
  notices?: BotNotices
}

export interface PreviousBotKeys {
  token: Secret
  encodingAesKey: Secret
  /** Milliseconds UTC; refused from then on. Absent: as long as it is configured. */
  until?: number | undefined
}

/** Proactive notices to a card's owner. */
export interface BotNotices {
  /** `conversation`, as when absent: the next time they meet the bot. `app-message`: soon, by a message of the bot's app. */
  by?: 'conversation' | 'app-message'
  firstOpening: boolean
  refusedAttempts: boolean
  /** Absent: no. */
  laterReaders?: boolean
  /** Absent: no. */
  accessRequests?: boolean
  expiringTomorrow: boolean
}

export interface WindowsConfig {
  /** Days after its creation during which an activity (or state) may be shared. */
  shareDays: number
  /** Days after its creation during which a proof of it is accepted. */
  verifyDays: number
}

export interface LimitsConfig {
  loginsPerPersonPerMinute: number
  loginsPerAddressPerMinute: number
  /** Within 10 minutes. */
  rejectedProofsPerSession: number
  rejectedProofsPerPersonPerHour: number
  /** Of an adopter's server. */
  serverRequestsPerTokenPerMinute: number
  cardsPerPersonPerMinute: number
  cardsPerPersonPerDay: number
  sharesPerPersonPerMinute: number
  openingsPerPersonPerMinute: number
  /** A request with a body counts as one more for each 4 kB beyond the first. */
  requestsPerAddressPerSecond: number
  /** Administrators' passwords that a process hashes for browsers that never logged in. */
  adminGuessesPerMinute: number
  /** By one process; more wait for their turn. */
  requestsAtOnce: number
  /** For their turn; further requests get 503 with `Retry-After`. */
  requestsWaiting: number
  bodyBytes: number
}

/** URLs of the proxies by which calls to the platforms leave; secret because they may hold a password. */
export interface ProxiesConfig {
  https?: Secret | undefined
  http?: Secret | undefined
  /** Hosts that are called directly, as `NO_PROXY` writes them. */
  except: string[]
}

export interface PlatformCallsConfig {
  /** For one try, ms. */
  timeoutMs: number
  /** How long a platform that failed five times in a row is left alone, ms. */
  breakerMs: number
}

/** What is signed for adopters' servers. */
export interface ReceiptsConfig {
  /** The claim `iss`. */
  issuer: string
  /** For how long a key signs. */
  keyDays: number
}

/** The sealing keys; the first seals, every one opens. */
export interface KeyringConfig {
  keys: [KeyConfig, ...KeyConfig[]]
}

export interface KeyConfig {
  id: string
  /** Base64 of 32 bytes. */
  secret: Secret
}

/** The configuration can't be used. `mistakes` has one line for each mistake, each naming its key. */
export class ConfigError extends Error {
  readonly code = 'ERR_CONFIG' satisfies InternalErrorCode

  constructor(readonly mistakes: string[]) {
    super(mistakes.join('\n'))
    this.name = 'ConfigError'
  }
}

/** What `sealcard init` asks for, and the simulator's own app for those who have none yet. */
export interface PlatformSetup {
  /** The variable of the app's secret, and where an administrator of the platform finds the secret. */
  readonly secret: { readonly variable: string; readonly where: string }
  /** Those of `appKeys` that are asked for, with where an administrator finds them. */
  readonly keys: Readonly<Record<string, string>>
  readonly simulated: {
    readonly id: string
    readonly keys: Readonly<Record<string, string | number>>
    readonly secret: string
    /** Of its API at the simulator, e.g. `/api.weixin.qq.com`. */
    readonly path: string
  }
}

/** What the loader must know of a platform. Its adapter says it; the composition root hands it to the loader. */
export interface PlatformForm {
  readonly name: PlatformName
  /** Its name for people, e.g. `WeCom`. */
  readonly title: string
  /** Where its API is. An app without `apiBase` has this one. No trailing slash. */
  readonly officialApiBase: string
  /** Its directory gives an app the names of people. If not, people name themselves. */
  readonly givesNames: boolean
  /** The keys that its apps have beside those of every app. */
  readonly appKeys: z.ZodRawShape
  /** How `sealcard init` makes an app of it. Absent: it does not offer the platform. */
  readonly setup?: PlatformSetup
  /** Absent: its apps have no bots. */
  readonly bots?: object
  /** Whether the app has a web page of ours. */
  hasPage?(app: AppConfig): boolean
  /**
   * What no single key of an app shows: two apps that exclude each other, an address that is only for trying out.
   * @param apps all of the file, of every platform
   * @returns one line for each mistake, which begins with its key: `apps[0].h5.origin: …`
   */
  appsMistakes?(apps: readonly AppConfig[], production: boolean): string[]
}

/** The form of the app's platform; undefined for a platform that is not there. */
export const formOf = (
  platforms: readonly PlatformForm[],
  { platform }: Pick<AppConfig, 'platform'>,
): PlatformForm | undefined => platforms.find(({ name }) => name === platform)

/** `['a', 'b', 'c']` → `a, b or c`. */
export const anyOf = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' or ')
