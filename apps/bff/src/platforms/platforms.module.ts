import {
  type DynamicModule,
  Global,
  Inject,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common'
import { DataSource } from 'typeorm'
import { CONFIG, type Config } from '../core/config/config.js'
import { Vault } from '../core/crypto/vault.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { TIMERS, type Timers } from '../core/ports/timers.js'
import { Apps, PlatformClients, Platforms, WebApps } from './registry/platforms.js'
import { PlatformHealth } from './calls/platform-health.js'
import { PlatformHttp } from './calls/platform-http.js'
import type { Platform } from './registry/platform.js'
import { AccessTokenStore } from './tokens/access-token.store.js'
import { AccessTokens } from './tokens/access-tokens.js'
import { WebTicketStore } from './web-tickets/web-ticket.store.js'
import { WebTickets } from './web-tickets/web-tickets.js'

/** `PlatformsModule.of(PLATFORMS)`: everything that speaks to the platforms. */
@Global()
@Module({
  providers: [
    {
      provide: PlatformHealth,
      useFactory: (clock: Clock, { apps }: Config) =>
        new PlatformHealth(
          clock,
          apps.map(({ id }) => id),
        ),
      inject: [CLOCK, CONFIG],
    },
    {
      provide: PlatformHttp,
      useFactory: (
        random: Random,
        health: PlatformHealth,
        { platformCalls: times, proxies }: Config,
      ) =>
        new PlatformHttp(
          random,
          health,
          { tryTimeoutMs: times.timeoutMs, breakerOpenMs: times.breakerMs },
          proxies,
        ),
      inject: [RANDOM, PlatformHealth, CONFIG],
    },
    {
      provide: AccessTokenStore,
      useFactory: (dataSource: DataSource, vault: Vault, random: Random) =>
        new AccessTokenStore(dataSource, vault, random),
      inject: [DataSource, Vault, RANDOM],
    },
    {
      provide: AccessTokens,
      useFactory: (
        store: AccessTokenStore,
        http: PlatformHttp,
        clock: Clock,
        random: Random,
        timers: Timers,
        health: PlatformHealth,
        platforms: Platforms,
      ) => new AccessTokens(store, platforms.tokenSources(http), clock, random, timers, health),
      inject: [AccessTokenStore, PlatformHttp, CLOCK, RANDOM, TIMERS, PlatformHealth, Platforms],
    },
    {
      provide: PlatformClients,
      useFactory: (
        platforms: Platforms,
        http: PlatformHttp,
        tokens: AccessTokens,
        random: Random,
      ) => platforms.connect({ http, tokens, random }),
      inject: [Platforms, PlatformHttp, AccessTokens, RANDOM],
    },
    {
      provide: WebTickets,
      useFactory: (
        dataSource: DataSource,
        vault: Vault,
        clients: PlatformClients,
        clock: Clock,
        random: Random,
        timers: Timers,
      ) =>
        new WebTickets(new WebTicketStore(dataSource, vault, random), clients, {
          clock,
          random,
          timers,
        }),
      inject: [DataSource, Vault, PlatformClients, CLOCK, RANDOM, TIMERS],
    },
    Apps,
    WebApps,
  ],
  exports: [AccessTokens, WebTickets, PlatformHealth, PlatformHttp, PlatformClients, Apps, WebApps],
})
export class PlatformsModule implements OnApplicationShutdown {
  constructor(@Inject(PlatformHttp) private readonly http: PlatformHttp) {}

  static of(platforms: readonly Platform[]): DynamicModule {
    const registry = { provide: Platforms, useValue: new Platforms(platforms) }
    return { module: PlatformsModule, providers: [registry], exports: [Platforms] }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close()
  }
}
