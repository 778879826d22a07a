import { Injectable } from '@nestjs/common'
import type { SubscriptionEntity } from '../../members/notices/subscription.entity.js'
import {
  MessageRefused,
  PlatformError,
  PlatformUnreachable,
  type UnreachableReason,
} from '../../platforms/calls/platform-error.js'
import { Apps, PlatformClients, Platforms } from '../../platforms/registry/platforms.js'
import { BotLog } from '../registry/bot-log.js'
import { pagesOf } from '../replies/answer.js'
import type { News } from './subscription-news.js'

/**
 * - `sent`
 * - `retried`: it certainly did not leave; the same acceptance is tried later
 * - `none_left`: the person accepted no further message
 * - `refused`: the platform does not take such a message; the acceptance stays for the next event
 * - `lost`: it may have arrived; the acceptance is used
 */
export type Outcome = 'sent' | 'retried' | 'none_left' | 'refused' | 'lost'

/** Causes by which a message may have left. */
const MAY_HAVE_LEFT: ReadonlySet<UnreachableReason> = new Set([
  'reset',
  'timeout',
  'status',
  'body',
  'shape',
])

/** Asks the platform to send one message. */
@Injectable()
export class SubscriptionSender {
  constructor(
    private readonly apps: Apps,
    private readonly platforms: Platforms,
    private readonly clients: PlatformClients,
    private readonly log: BotLog,
  ) {}

  async send(
    { cardId, event, language }: SubscriptionEntity,
    { appId, values }: News,
    viewerKey: string,
  ): Promise<Outcome> {
    const app = this.apps.find(appId)
    const templates = app && this.platforms.of(app).subscriptions?.templatesOf(app)
    // The app, or the template, left the configuration.
    if (!app || templates?.[event] === undefined) return 'refused'
    const client = this.clients.subscriptionsOf(app)
    try {
      const page = pagesOf(app).card(cardId)
      await client.send(app, viewerKey, { event, language, page, values })
      return 'sent'
    } catch (error) {
      const outcome = outcomeOf(error, (refusal) => client.mayPass(refusal))
      this.log.subscriptionFailed(app.id, event, outcome, error)
      return outcome
    }
  }
}

const outcomeOf = (error: unknown, mayPass: (refusal: PlatformError) => boolean): Outcome => {
  if (error instanceof MessageRefused) return 'none_left'
  if (error instanceof PlatformError) return mayPass(error) ? 'retried' : 'refused'
  // A token that could not be fetched is another operation: the message did not leave.
  const mayHaveLeft =
    !(error instanceof PlatformUnreachable) ||
    (error.operation === SEND && MAY_HAVE_LEFT.has(error.reason))
  return mayHaveLeft ? 'lost' : 'retried'
}

const SEND = 'subscribe/send'
