import { Inject, Injectable } from '@nestjs/common'
import { type AppConfig, CONFIG, type Config, type PlatformName } from '../../core/config/config.js'
import type { PlatformHttp } from '../calls/platform-http.js'
import type { TokenSource, TokenSources } from '../tokens/token-source.js'
import type { BotClient, Platform, PlatformClient, PlatformServices } from './platform.js'
import type { SubscriptionClient } from './subscription-platform.js'
import type { WebClient, WebRules, WebSettings } from './web-platform.js'

/** The platforms by name: `platforms.of(app).openProof(…)`. */
export class Platforms {
  readonly #platforms: ReadonlyMap<PlatformName, Platform>

  constructor(readonly all: readonly Platform[]) {
    this.#platforms = new Map(all.map((platform) => [platform.name, platform]))
  }

  /** The platform of this app. @throws TypeError for an unregistered one */
  of(app: AppConfig): Platform {
    return this.named(app.platform)
  }

  /** @throws TypeError for an unregistered platform */
  named(name: PlatformName): Platform {
    return registered(this.#platforms, name)
  }

  tokenSources(http: PlatformHttp): TokenSources {
    const sources = new Map<PlatformName, TokenSource>(
      this.all.map((platform) => [platform.name, platform.tokenSource(http)]),
    )
    return { of: (app) => registered(sources, app.platform) }
  }

  connect(services: PlatformServices): PlatformClients {
    return new PlatformClients(this.all.map((platform) => platform.connect(services)))
  }
}

/** What calls the platforms, by name: `clients.of(app).exchangeCode(app, code)`. */
export class PlatformClients {
  readonly #clients: ReadonlyMap<PlatformName, PlatformClient>

  constructor(clients: readonly PlatformClient[]) {
    this.#clients = new Map(clients.map((client) => [client.platform, client]))
  }

  /** The client that speaks this app's platform. @throws TypeError for an unregistered platform */
  of(app: AppConfig): PlatformClient {
    return registered(this.#clients, app.platform)
  }

  /** @throws TypeError for a platform without bots, too */
  botsOf(app: AppConfig): BotClient {
    const { bots } = this.of(app)
    if (!bots) throw new TypeError(`the platform ${app.platform} has no bots`)
    return bots
  }

  /** @throws TypeError for a platform without such messages, too */
  subscriptionsOf(app: AppConfig): SubscriptionClient {
    const { subscriptions } = this.of(app)
    if (!subscriptions) throw new TypeError(`the platform ${app.platform} has no subscriptions`)
    return subscriptions
  }

  /** @throws TypeError for a platform without web pages, too */
  webOf(app: AppConfig): WebClient {
    const { web } = this.of(app)
    if (!web) throw new TypeError(`the platform ${app.platform} has no web pages`)
    return web
  }
}

/** The configuration names no platform that is not registered: a miss is a bug, and must stop the request. */
const registered = <T>(known: ReadonlyMap<PlatformName, T>, name: PlatformName): T => {
  const found = known.get(name)
  if (!found) throw new TypeError(`no platform is registered as ${name}`)
  return found
}

/** The registered apps. */
@Injectable()
export class Apps {
  readonly #apps: ReadonlyMap<string, AppConfig>

  constructor(@Inject(CONFIG) config: Config) {
    this.#apps = new Map(config.apps.map((app) => [app.id, app]))
  }

  find(id: string): AppConfig | undefined {
    return this.#apps.get(id)
  }
}

/** An app with a web page. */
export interface WebApp {
  readonly app: AppConfig
  readonly rules: WebRules
  readonly settings: WebSettings
}

/** The registered apps that have a web page. */
@Injectable()
export class WebApps {
  readonly all: readonly WebApp[]

  constructor(@Inject(CONFIG) { apps }: Config, platforms: Platforms) {
    this.all = apps.flatMap((app) => {
      const rules = platforms.of(app).web
      const settings = rules?.settingsOf(app)
      return rules && settings ? [{ app, rules, settings }] : []
    })
  }

  /** @param id our name for the app @returns undefined also for an app without a web page */
  find(id: string): WebApp | undefined {
    return this.all.find(({ app }) => app.id === id)
  }

  /** The app whose page a host serves. A single one is served by whatever name a request came: proxies rename hosts. */
  at(host: string | undefined): WebApp | undefined {
    const [first, second] = this.all
    if (second === undefined) return first
    return this.all.find(({ settings }) => new URL(settings.origin).host === host?.toLowerCase())
  }
}
