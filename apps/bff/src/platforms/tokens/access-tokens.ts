import type { AppConfig } from '../../core/config/config.js'
import type { Clock } from '../../core/ports/clock.js'
import type { Random } from '../../core/ports/random.js'
import type { Timers } from '../../core/ports/timers.js'
import { PlatformError, PlatformUnreachable } from '../calls/platform-error.js'
import type { PlatformHealth } from '../calls/platform-health.js'
import type { AccessTokenStore } from './access-token.store.js'
import { type Refused, SharedToken } from './shared-token.js'
import { type FetchedToken, stamped, type StoredToken, type TokenSources } from './token-source.js'

/** The apps' access tokens. */
export class AccessTokens {
  readonly #tokens = new Map<string, SharedToken>()

  constructor(
    private readonly store: AccessTokenStore,
    private readonly sources: TokenSources,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly timers: Timers,
    private readonly health: PlatformHealth,
  ) {}

  /**
   * Runs `fn` with the app's token; when the platform says the token is bad, once more with a fresh one.
   * @throws what `fn` throws; PlatformError, PlatformUnreachable when no token can be had
   */
  async withToken<T>(app: AppConfig, fn: (token: string) => Promise<T>): Promise<T> {
    const shared = this.#of(app)
    const token = await shared.get()
    try {
      return await fn(token)
    } catch (error) {
      const { badToken } = this.sources.of(app)
      if (!(error instanceof PlatformError) || !badToken.includes(error.errcode)) throw error
      return fn(await shared.get({ token, errcode: error.errcode }))
    }
  }

  #of(app: AppConfig): SharedToken {
    const known = this.#tokens.get(app.id)
    if (known) return known
    const { clock, random, timers } = this
    const place = {
      read: () => this.store.read(app.id),
      claim: (now: number) => this.store.claim(app.id, now),
      release: () => this.store.release(app.id),
      write: (stored: StoredToken, now: number) => this.store.write(app.id, stored, now),
      fetch: (refused: Refused | undefined) => this.#fetch(app, refused),
      held: ({ fetchedAt, expiresAt }: StoredToken) =>
        this.health.tokenFetched(app.id, fetchedAt, expiresAt),
      stuck: () => {
        const failure = new PlatformUnreachable('access_token', 'lease')
        failure.app = app.id
        return failure
      },
    }
    const shared = new SharedToken(place, { clock, random, timers })
    this.#tokens.set(app.id, shared)
    return shared
  }

  async #fetch(app: AppConfig, refused: Refused | undefined): Promise<StoredToken> {
    const source = this.sources.of(app)
    const askedAt = this.clock.now()
    const fetched = await source.fetchToken(app, false)
    if (!(await this.#mustForce(app, refused, fetched))) return stamped(fetched, askedAt)
    const forcedAt = this.clock.now()
    return stamped(await source.fetchToken(app, true), forcedAt)
  }

  /** Only when the platform calls its own newest token replaced: something outside ended it without making another. */
  async #mustForce(
    app: AppConfig,
    refused: Refused | undefined,
    fetched: FetchedToken,
  ): Promise<boolean> {
    const { force } = this.sources.of(app)
    if (!force || refused?.errcode !== force.onErrcode) return false
    if (fetched.token !== refused.token) return false
    return this.store.claimForce(app.id, this.clock.now(), force)
  }
}
