import { WebhookEvent } from '@sealcard/protocol'
import { createHash } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import {
  type AppConfig,
  CONFIG,
  type Config,
  type PreviousWebhookSecret,
  type ProxiesConfig,
} from '../core/config/config.js'
import { proxyOf } from '../core/config/proxy-url.js'
import type { Secret } from '../core/config/secret.js'
import { base62 } from '../core/ids.js'

/** An entry of `apps[].webhooks`, as the service uses it. */
export interface Webhook {
  readonly id: string
  readonly app: string
  readonly url: URL
  readonly secret: Secret
  readonly previous: PreviousWebhookSecret | undefined
  readonly events: readonly WebhookEvent[]
  readonly allowPrivate: boolean
  /** By which its messages leave; absent: directly. */
  readonly proxy: Secret | undefined
}

/** The same in every process. Another URL is another webhook, with a queue of its own. */
export const webhookIdOf = (app: string, url: string): string =>
  base62(
    createHash('sha256')
      .update(JSON.stringify([app, url]))
      .digest()
      .subarray(0, 16),
  )

/** What may be shown of an address: a query may hold a token. */
export const shownUrl = ({ origin, pathname }: URL): string => `${origin}${pathname}`

/**
 * A receiver inside the company's network is reached by the environment's proxies and their exceptions. The proxy of the
 * app leads to its platform, out of the network.
 */
const wayOf = (
  { proxy }: AppConfig,
  url: string,
  allowPrivate: boolean,
  proxies: ProxiesConfig | undefined,
): Secret | undefined =>
  proxyOf({ apiBase: url, ...(!allowPrivate && proxy && { proxy }) }, proxies)

/** The webhooks of all apps, in the order of the configuration. */
@Injectable()
export class Webhooks {
  readonly all: readonly Webhook[]

  constructor(@Inject(CONFIG) { apps, proxies }: Pick<Config, 'apps' | 'proxies'>) {
    this.all = apps.flatMap((app) =>
      (app.webhooks ?? []).map(({ url, secret, previous, events, allowPrivate = false }) => ({
        id: webhookIdOf(app.id, url),
        app: app.id,
        url: new URL(url),
        secret,
        previous,
        events: events ?? WebhookEvent.options,
        allowPrivate,
        proxy: wayOf(app, url, allowPrivate, proxies),
      })),
    )
  }

  find(id: string): Webhook | undefined {
    return this.all.find((webhook) => webhook.id === id)
  }

  /** Those that want the event. @param app undefined: of any app */
  telling(type: WebhookEvent, app?: string): readonly Webhook[] {
    return this.all.filter(
      (webhook) => (app === undefined || webhook.app === app) && webhook.events.includes(type),
    )
  }
}
