import type { SubscriptionEvent } from '@sealcard/protocol'
import type { AppConfig } from '../../core/config/config.js'
import type { PlatformError } from '../calls/platform-error.js'

/** What a message about a card can say. */
export interface SubscriptionValues {
  /** Of the card. */
  readonly title: string
  /** Who opened it or asked; absent: nobody. */
  readonly who?: { readonly name?: string; readonly code: string }
  /** How many people. */
  readonly count: number
  /** Of the request; may be empty. */
  readonly note: string
  /** When it happened, or when the card expires; milliseconds UTC. */
  readonly at: number
}

export interface SubscriptionMessage {
  readonly event: SubscriptionEvent
  readonly language: 'zh' | 'en'
  /** Of the mini-program, without a leading slash. */
  readonly page: string
  readonly values: SubscriptionValues
}

/** What is fixed about messages that a person accepts one by one. */
export interface SubscriptionRules<App extends AppConfig = AppConfig> {
  /** The ids of the app's templates; an event without one cannot be subscribed to. */
  templatesOf(app: App): Partial<Record<SubscriptionEvent, string>>
}

/** The calls for such messages. */
export interface SubscriptionClient<App extends AppConfig = AppConfig> {
  /**
   * Uses up one acceptance. The platform knows no repeated message: a second call is a second message.
   * @throws MessageRefused where the person has accepted none; PlatformError, PlatformUnreachable; TypeError for an event
   * without a template
   */
  send(app: App, viewerKey: string, message: SubscriptionMessage): Promise<void>

  /** Whether the platform may take the same message later. */
  mayPass(refusal: PlatformError): boolean
}
