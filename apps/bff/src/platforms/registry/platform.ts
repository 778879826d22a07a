import type { AdminApp, Declaration } from '@sealcard/protocol'
import type { AppConfig, PlatformName, PlatformForm } from '../../core/config/config.js'
import type { Random } from '../../core/ports/random.js'
import type { PlatformError } from '../calls/platform-error.js'
import type { PlatformHttp } from '../calls/platform-http.js'
import type { AccessTokens } from '../tokens/access-tokens.js'
import type { TokenSource } from '../tokens/token-source.js'
import type { ErrcodeAdvice } from './errcode-advice.js'
import type { SubscriptionClient, SubscriptionRules } from './subscription-platform.js'
import type { WebClient, WebRules } from './web-platform.js'

export interface Proof {
  encryptedData: string
  iv: string
}

export interface OpenedProof {
  /** The declared value that the proof is about. Compare it whole and in constant time. */
  declared: string
  /** Between which bytes of the plaintext it is written: the proof is named by the blocks that hold these. */
  declaredAt: { readonly start: number; readonly end: number }
  /** The person the platform saw open the card, by the platform's name for them. Absent: it does not say. */
  curReceiver?: string
}

/** What is fixed about a platform. Nothing here asks the network or the clock. */
export interface Platform<App extends AppConfig = AppConfig> extends PlatformForm {
  /** At most 8 characters: the table `shares` keeps it. */
  readonly name: PlatformName

  /** A proof names the person that it was made for. If not, the session key alone says whose it is. */
  readonly provesReceiver: boolean

  /** What the platform's errors mean for the operator, by errcode. */
  readonly errcodes: Readonly<Record<number, ErrcodeAdvice>>

  readonly bots?: BotRules<App>

  /** Absent: its people accept no messages one by one. */
  readonly subscriptions?: SubscriptionRules<App>

  /** Absent: its apps have no web pages. */
  readonly web?: WebRules<App>

  /** The one spelling under which the platform's name for a person is compared. */
  comparable(viewerKey: string): string

  /** What the client declares a share with, as the HTTP contract has it. @param value see `PlatformClient.declare` */
  declaration(value: string): Declaration

  /** What administrators see of an app: each field by its name, and never a secret. */
  describe(app: App): AdminApp

  /**
   * Opens what the platform gave the opener's client.
   * @param sessionKey base64 of 16 bytes
   * @throws CryptoError ERR_PROOF_REJECTED, the same for every cause and after the same work
   */
  openProof(sessionKey: string, proof: Proof): OpenedProof

  /** Where its apps get their access tokens. */
  tokenSource(http: PlatformHttp): TokenSource<App>

  connect(services: PlatformServices): PlatformClient<App>
}

/** What a client calls its platform with. */
export interface PlatformServices {
  readonly http: PlatformHttp
  readonly tokens: Pick<AccessTokens, 'withToken'>
  readonly random: Random
}

export interface ExchangedCode {
  /** The platform's name for the person: WeChat openid or WeCom userid. */
  viewerKey: string
  /** Base64 of 16 bytes. Seal it; never log it. */
  sessionKey: string
}

/** The calls of a platform. Every method gets the app that it acts for. */
export interface PlatformClient<App extends AppConfig = AppConfig> {
  readonly platform: PlatformName

  /**
   * Exchanges the code of a client's login, which is good once and for 5 minutes.
   * @throws LoginRejected, PlatformError (our own registration is wrong), PlatformUnreachable
   */
  exchangeCode(app: App, code: string): Promise<ExchangedCode>

  /**
   * Makes the value that a share of this sharer is declared with: an activityId or a state.
   * @throws PlatformError, PlatformUnreachable
   */
  declare(app: App, sharer: { viewerKey: string }): Promise<string>

  /**
   * What the platform's directory calls a person. There whenever the platform `givesNames`.
   * @param viewerKey the platform's name for the person
   * @returns null where it gives this app no name; the name as it is, whatever characters it has
   * @throws PlatformError, PlatformUnreachable
   */
  nameOf?(app: App, viewerKey: string): Promise<string | null>

  /** There whenever the platform has `bots`. */
  readonly bots?: BotClient<App>

  /** There whenever the platform has `subscriptions`. */
  readonly subscriptions?: SubscriptionClient<App>

  /** There whenever the platform has `web`. */
  readonly web?: WebClient<App>
}

/** What is fixed about a platform's bots. */
export interface BotRules<App extends AppConfig = AppConfig> {
  /** The organisation whose people the app knows, as a callback spells it. */
  tenantOf(app: App): string

  /**
   * The query of the address where a later answer goes. The address comes out of a message, so nothing follows it.
   * @returns undefined for any address but the documented one on the app's own platform
   */
  replyQuery(app: App, url: string): Record<string, string> | undefined
}

/** A message of an app. `page` opens a page of the mini-program, `link` a web page. */
export type AppMessage =
  | { readonly form: 'text'; readonly text: string }
  | {
      readonly form: 'page'
      readonly appid: string
      /** Without a leading slash. */
      readonly page: string
      readonly title: string
      readonly items: readonly { readonly key: string; readonly value: string }[]
    }
  | {
      readonly form: 'link'
      readonly url: string
      readonly title: string
      readonly text: string
    }

/** The calls of a platform's bots. */
export interface BotClient<App extends AppConfig = AppConfig> {
  /**
   * Sends one person a message of the app.
   * @param viewerKey the platform's name for the person
   * @throws PlatformError, PlatformUnreachable; MessageRefused where this person gets none
   */
  sendMessage(app: App, viewerKey: string, message: AppMessage): Promise<void>

  /** Whether the platform may take the same message later. */
  mayPass(refusal: PlatformError): boolean

  /**
   * Sends a later answer.
   * @param query see `BotRules.replyQuery`
   * @throws PlatformError, PlatformUnreachable
   */
  reply(app: App, query: Record<string, string>, body: Record<string, unknown>): Promise<void>
}
