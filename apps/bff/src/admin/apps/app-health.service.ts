import { Inject, Injectable } from '@nestjs/common'
import type { AdminApps, AdminHealth, AppHealth } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { BotHealth } from '../../bots/bot-health.js'
import { CONFIG, type Config } from '../../core/config/config.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { wireTime, wireTimeOrNull } from '../../core/time.js'
import { PlatformHealth } from '../../platforms/calls/platform-health.js'
import { unreachableAdvice } from '../../platforms/registry/unreachable-advice.js'
import { Platforms, WebApps } from '../../platforms/registry/platforms.js'
import type { TicketKind } from '../../platforms/registry/web-platform.js'
import { AccessTokenEntity } from '../../platforms/tokens/access-token.entity.js'
import { ticketId, WebTicketEntity } from '../../platforms/web-tickets/web-ticket.entity.js'

/** The configured apps, and the health of their platforms. */
@Injectable()
export class AppHealthService {
  constructor(
    private readonly storage: DataSource,
    private readonly platforms: Platforms,
    private readonly webApps: WebApps,
    private readonly calls: PlatformHealth,
    private readonly bots: BotHealth,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  apps(): AdminApps {
    return { items: this.config.apps.map((app) => this.platforms.of(app).describe(app)) }
  }

  async health(): Promise<AdminHealth> {
    const bots = await this.bots.snapshot()
    const rows = await this.storage.manager.find(AccessTokenEntity)
    const stored = new Map(rows.map((row) => [row.appId, row]))
    const tickets = await this.#tickets()
    const apps = this.calls.snapshot().map((health): AppHealth => {
      const { app, breaker, lastError, lastSuccessAt, outages } = health
      const calls = bots.flatMap((bot) => (bot.app === app ? (bot.lastCallbackAt ?? []) : []))
      return {
        app,
        token: this.#token(health, stored.get(app)),
        ...tickets(app),
        breaker,
        lastSuccessAt: wireTimeOrNull(lastSuccessAt),
        lastError: lastError && {
          ...lastError,
          at: wireTime(lastError.at),
          advice: this.#advice(app, lastError.code),
        },
        outages: outages.map(({ from, to }) => ({ from: wireTime(from), to: wireTimeOrNull(to) })),
        lastCallbackAt: calls.length > 0 ? wireTime(Math.max(...calls)) : null,
      }
    })
    return {
      at: wireTime(this.clock.now()),
      apps,
      bots: bots.map(({ lastCallbackAt, ...bot }) => ({
        ...bot,
        lastCallbackAt: wireTimeOrNull(lastCallbackAt),
      })),
    }
  }

  /** @param code an errcode, or why there was no answer */
  #advice(appId: string, code: string): NonNullable<AppHealth['lastError']>['advice'] {
    const app = this.config.apps.find(({ id }) => id === appId)
    const errcodes = app && this.platforms.of(app).errcodes
    const found = unreachableAdvice(code) ?? errcodes?.[Number(code)]
    if (!found) return null
    const { what, todo, zh, passes = false } = found
    return {
      code: found.code,
      what: { zh: zh.what, en: what },
      todo: { zh: zh.todo, en: todo },
      passes,
    }
  }

  /** From the database: another process may have fetched a newer token. */
  #token(
    { tokenFetchedAt, tokenExpiresAt }: ReturnType<PlatformHealth['snapshot']>[number],
    row: AccessTokenEntity | undefined,
  ): AppHealth['token'] {
    const held = { fetchedAt: tokenFetchedAt ?? 0, expiresAt: tokenExpiresAt ?? 0 }
    const stored = row?.envelope ? row : { fetchedAt: 0, expiresAt: 0 }
    const source = held.fetchedAt >= stored.fetchedAt ? 'memory' : 'database'
    const age = this.#age(source === 'memory' ? held : stored)
    return age && { source, ...age }
  }

  /** Of the apps with a web page. */
  async #tickets(): Promise<(app: string) => Pick<AppHealth, 'tickets'>> {
    const rows = await this.storage.manager.find(WebTicketEntity)
    const age = (app: string, kind: TicketKind) => {
      const row = rows.find(({ id }) => id === ticketId(app, kind))
      return row?.envelope ? this.#age(row) : null
    }
    return (app) =>
      this.webApps.find(app)
        ? { tickets: { agent: age(app, 'agent'), corp: age(app, 'corp') } }
        : {}
  }

  /** @returns null for what is over */
  #age({ fetchedAt, expiresAt }: Record<'fetchedAt' | 'expiresAt', number>) {
    const now = this.clock.now()
    if (expiresAt <= now) return null
    return {
      ageSeconds: Math.max(0, Math.floor((now - fetchedAt) / 1000)),
      fetchedAt: wireTime(fetchedAt),
      expiresAt: wireTime(expiresAt),
    }
  }
}
