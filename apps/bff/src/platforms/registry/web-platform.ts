import type { AppConfig } from '../../core/config/config.js'
import type { FetchedToken } from '../tokens/token-source.js'

/** What an operator configures of an app's web page. */
export interface WebSettings {
  /** Of the page and of our API: `https://cards.example.com`, as a browser writes it. */
  readonly origin: string
  /** How the key of proofs is made from a ticket: a name, or `unverified`. */
  readonly keyDerivation: string
  /** The file at the root of the origin by which the platform proves whose the domain is. */
  readonly verifyFile?: VerifyFile | undefined
}

export interface VerifyFile {
  readonly name: string
  readonly content: string
}

/** `agent`: the app's own, which also opens proofs. `corp`: its organisation's. */
export type TicketKind = 'agent' | 'corp'

/** What a page registers with, before any call of the platform's SDK. */
export interface WebIdentity {
  readonly corpId: string
  readonly agentId: number
}

/** What a login starts with. */
export interface WebLogin {
  /** Letters and digits only. */
  readonly state: string
  /** Where the platform sends the browser back to. */
  readonly redirectUri: string
  /** `client`: in the platform's own client. `web`: in any other browser. */
  readonly via: 'client' | 'web'
  readonly lang?: 'zh' | 'en' | undefined
}

/** What is fixed about a platform's web pages. Nothing here asks the network or the clock. */
export interface WebRules<App extends AppConfig = AppConfig> {
  /** Undefined: this app has no web page. */
  settingsOf(app: App): WebSettings | undefined

  identityOf(app: App): WebIdentity

  /** Whether it is known how a key is made from a ticket. If not, no card is shared or opened in a page. */
  isVerified(app: App): boolean

  /**
   * The key of the proofs that pages get while this ticket is the app's.
   * @returns base64; null where it is not known how the key is made, or the ticket makes none
   */
  proofKey(app: App, ticket: string): string | null

  /** The address to which a login leaves. */
  loginUrl(app: App, login: WebLogin): string

  /**
   * @param url the page's address up to `#`, exactly as its browser has it
   * @param timestamp seconds
   */
  sign(page: { ticket: string; nonceStr: string; timestamp: number; url: string }): string
}

/** The calls of a platform for web pages. */
export interface WebClient<App extends AppConfig = AppConfig> {
  /** @throws PlatformError, PlatformUnreachable */
  fetchTicket(app: App, kind: TicketKind): Promise<FetchedToken>

  /**
   * Exchanges the code of a page's login, which is good once and for 5 minutes.
   * @returns the platform's name for the person; null for a person who is no member of the organisation
   * @throws LoginRejected; PlatformError, PlatformUnreachable
   */
  exchangeCode(app: App, code: string): Promise<string | null>
}
