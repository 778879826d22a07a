import type { Declaration } from '@sealcard/protocol'

export type PlatformKind = 'wechat' | 'wecom'

/** Stands for the card that was tapped. Usable only in the current life of the mini-program. */
export interface Ticket {
  shareTicket: string
}

/** What the platform vouches with. Only the server can read it. */
export interface Proof {
  encryptedData: string
  iv: string
}

/**
 * Why this client cannot do it: `client-too-old` lacks the API; `desktop` loses the ticket when it *sends* a private
 * card, so that it could not be opened; `not-wecom`: a web page outside WeCom.
 */
export type Obstacle = 'client-too-old' | 'desktop' | 'not-wecom'

export interface Capabilities {
  /** What keeps this client from sharing privately; null: nothing. Say it before anyone tries. */
  share: Obstacle | null
  /** What keeps this client from opening a private card; null: nothing. */
  open: Obstacle | null
}

/** Private cards on one platform. Every call rejects with a `PlatformError` and nothing else. */
export interface SharePlatform {
  readonly kind: PlatformKind
  readonly capabilities: Capabilities
  /** May rotate the session key: the server has to exchange the code before the next proof. */
  login(): Promise<{ code: string }>
  /** Whether the platform still holds the session of the last login live. */
  checkSession(): Promise<boolean>
  /** From its success until `undeclare`, what leaves this page is private to its recipients. */
  declare(declaration: Declaration): Promise<void>
  undeclare(): Promise<void>
  /** The ticket the mini-program was entered with, by cold or warm start; null: it carried none. */
  ticket(): Promise<Ticket | null>
  /** Asks the platform to prove that the person on this phone is a recipient of the card. */
  prove(ticket: Ticket): Promise<Proof>
}
