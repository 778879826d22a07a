import type { Clock } from '../ports/clock.js'

export type BreakerState = 'closed' | 'open' | 'half-open'

/** How one app's platform does; times in ms since the epoch, null: not yet. */
export interface AppHealth {
  app: string
  tokenFetchedAt: number | null
  tokenExpiresAt: number | null
  breaker: BreakerState
  lastSuccessAt: number | null
  lastError: { at: number; operation: string; code: string } | null
}

/** What the administrators' health page shows about the platforms, for this process. */
export class PlatformHealth {
  readonly #apps = new Map<string, AppHealth>()

  constructor(
    private readonly clock: Clock,
    appIds: readonly string[],
  ) {
    for (const app of appIds) this.#of(app)
  }

  tokenFetched(app: string, fetchedAt: number, expiresAt: number): void {
    Object.assign(this.#of(app), { tokenFetchedAt: fetchedAt, tokenExpiresAt: expiresAt })
  }

  breakerChanged(app: string, breaker: BreakerState): void {
    this.#of(app).breaker = breaker
  }

  succeeded(app: string): void {
    this.#of(app).lastSuccessAt = this.clock.now()
  }

  /** @param code the platform's errcode, or the reason of a `PlatformUnreachable` */
  failed(app: string, operation: string, code: string): void {
    this.#of(app).lastError = { at: this.clock.now(), operation, code }
  }

  /** By app, in the order of the configuration; copies. */
  snapshot(): AppHealth[] {
    return [...this.#apps.values()].map((health) => ({ ...health }))
  }

  #of(app: string): AppHealth {
    const health = this.#apps.get(app) ?? {
      app,
      tokenFetchedAt: null,
      tokenExpiresAt: null,
      breaker: 'closed' as const,
      lastSuccessAt: null,
      lastError: null,
    }
    this.#apps.set(app, health)
    return health
  }
}
