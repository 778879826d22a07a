import type { Clock } from '../../core/ports/clock.js'
import type { UnreachableReason } from './platform-error.js'

export type BreakerState = 'closed' | 'open' | 'half-open'

/** How a call ended; a closed set, so that it can label a metric. All errcodes are one outcome. */
export type CallOutcome = 'ok' | 'errcode' | UnreachableReason

/** How one app's platform does; times in ms since the epoch, null: not yet. */
export interface AppHealth {
  app: string
  tokenFetchedAt: number | null
  tokenExpiresAt: number | null
  breaker: BreakerState
  lastSuccessAt: number | null
  lastError: { at: number; operation: string; code: string } | null
  /** When the breaker was open, the latest first; `to` is null while it lasts. */
  outages: readonly Outage[]
}

export interface Outage {
  readonly from: number
  readonly to: number | null
}

/** Remembered of each app. */
const OUTAGES = 20

/** What the administrators' health page shows about the platforms, for this process. */
export class PlatformHealth {
  readonly #apps = new Map<string, AppHealth>()
  readonly #listeners: ((operation: string, outcome: CallOutcome) => void)[] = []

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
    const health = this.#of(app)
    const now = this.clock.now()
    const [last, ...before] = health.outages
    const lasts = last?.to === null
    if (breaker === 'open' && !lasts)
      health.outages = [{ from: now, to: null }, ...health.outages].slice(0, OUTAGES)
    // Half-open is a try: the outage is over when one succeeds.
    if (breaker === 'closed' && lasts) health.outages = [{ ...last, to: now }, ...before]
    health.breaker = breaker
  }

  succeeded(app: string, operation: string): void {
    this.#of(app).lastSuccessAt = this.clock.now()
    this.#tell(operation, 'ok')
  }

  /** The platform answered, with an errcode of its own. */
  refused(app: string, operation: string, errcode: number): void {
    this.#of(app).lastError = { at: this.clock.now(), operation, code: String(errcode) }
    this.#tell(operation, 'errcode')
  }

  unreachable(app: string, operation: string, reason: UnreachableReason): void {
    this.#of(app).lastError = { at: this.clock.now(), operation, code: reason }
    this.#tell(operation, reason)
  }

  /** Every call that ended, its tries taken together. */
  onCall(listener: (operation: string, outcome: CallOutcome) => void): void {
    this.#listeners.push(listener)
  }

  /** By app, in the order of the configuration; copies. */
  snapshot(): AppHealth[] {
    return [...this.#apps.values()].map((health) => ({ ...health }))
  }

  #tell(operation: string, outcome: CallOutcome): void {
    for (const listener of this.#listeners) listener(operation, outcome)
  }

  #of(app: string): AppHealth {
    const health = this.#apps.get(app) ?? {
      app,
      tokenFetchedAt: null,
      tokenExpiresAt: null,
      breaker: 'closed' as const,
      lastSuccessAt: null,
      lastError: null,
      outages: [],
    }
    this.#apps.set(app, health)
    return health
  }
}
