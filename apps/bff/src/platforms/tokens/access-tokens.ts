import { retry } from '../../core/concurrency/retry.js'
import type { AppConfig } from '../../core/config/config.js'
import { sha256 } from '../../core/crypto/digest.js'
import type { Clock } from '../../core/ports/clock.js'
import { fraction, type Random } from '../../core/ports/random.js'
import type { Timers } from '../../core/ports/timers.js'
import { isStorageUnavailable } from '../../database/storage-error.js'
import { PlatformError, PlatformUnreachable } from '../calls/platform-error.js'
import type { PlatformHealth } from '../calls/platform-health.js'
import type { AccessTokenStore, StoredToken } from './access-token.store.js'
import { type FetchedToken, isFromAhead, tokenLife, type TokenSources } from './token-source.js'

const POLL_MS = 100
const POLLS = 60
/** How long to leave the platform alone after a failed refresh, while the old token still holds. */
const AGAIN_MS = 10_000

/** A token that the platform refused, and how. */
interface Refused {
  token: string
  errcode: number
}

/** The apps' access tokens: cached in memory and, sealed, in the database; one fetch across all processes. */
export class AccessTokens {
  readonly #held = new Map<string, StoredToken>()
  readonly #flights = new Map<string, Promise<string>>()

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
    const token = await this.#token(app)
    try {
      return await fn(token)
    } catch (error) {
      const { badToken } = this.sources.of(app)
      if (!(error instanceof PlatformError) || !badToken.includes(error.errcode)) throw error
      return fn(await this.#token(app, { token, errcode: error.errcode }))
    }
  }

  /** From memory, or by one flight that all who ask the same share. */
  async #token(app: AppConfig, refused?: Refused): Promise<string> {
    const held = this.#fresh(this.#held.get(app.id), refused)
    if (held) return held.token
    const key = `${app.id} ${refused ? sha256(refused.token) : ''}`
    const flying = this.#flights.get(key)
    if (flying) return flying
    const flight = this.#obtain(app, refused).finally(() => this.#flights.delete(key))
    this.#flights.set(key, flight)
    return flight
  }

  async #obtain(app: AppConfig, refused: Refused | undefined): Promise<string> {
    try {
      return await this.#fromStoreOrPlatform(app, refused)
    } catch (error) {
      // Early refresh leaves time: while the old token holds, neither outage is the member's.
      const held = this.#alive(this.#held.get(app.id), refused)
      if (!held || !isOutage(error)) throw error
      this.#held.set(app.id, { ...held, refreshAt: this.clock.now() + AGAIN_MS })
      return held.token
    }
  }

  async #fromStoreOrPlatform(app: AppConfig, refused: Refused | undefined): Promise<string> {
    const ms = () => POLL_MS * (0.5 + fraction(this.random))
    const token = await retry(
      { tries: POLLS, onResult: (found) => !found, pause: { timers: this.timers, ms } },
      () => this.#look(app, refused),
    )
    if (token !== undefined) return token
    const failure = new PlatformUnreachable('access_token', 'lease')
    failure.app = app.id
    throw failure
  }

  /** @returns undefined while another process fetches one, and no old one holds */
  async #look(app: AppConfig, refused: Refused | undefined): Promise<string | undefined> {
    const stored = await this.store.read(app.id)
    const fresh = this.#fresh(stored, refused)
    if (fresh) return this.#hold(app, fresh)
    if (await this.store.claim(app.id, this.clock.now())) return this.#asLeaseHolder(app, refused)
    return this.#alive(stored, refused)?.token
  }

  async #asLeaseHolder(app: AppConfig, refused: Refused | undefined): Promise<string> {
    try {
      // Once more: between looking and claiming the holder before may have finished.
      const stored = await this.store.read(app.id)
      const fresh = this.#fresh(stored, refused)
      if (fresh) return this.#hold(app, fresh)
      // For when the fetch fails: the stored one may hold still.
      if (stored) this.#held.set(app.id, stored)
      const fetched = await this.#fetch(app, refused)
      await this.store.write(app.id, fetched, this.clock.now())
      return this.#hold(app, fetched)
    } finally {
      await this.store.release(app.id).catch(() => {})
    }
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

  #hold(app: AppConfig, stored: StoredToken): string {
    this.#held.set(app.id, stored)
    this.health.tokenFetched(app.id, stored.fetchedAt, stored.expiresAt)
    return stored.token
  }

  /** The token if it may be used and needs no successor yet. */
  #fresh(stored: StoredToken | undefined, refused?: Refused): StoredToken | undefined {
    const alive = this.#alive(stored, refused)
    return alive && this.clock.now() < alive.refreshAt ? alive : undefined
  }

  /** The token if it may be used. */
  #alive(stored: StoredToken | undefined, refused?: Refused): StoredToken | undefined {
    if (!stored || stored.token === refused?.token) return undefined
    const now = this.clock.now()
    return now < stored.expiresAt && !isFromAhead(stored.fetchedAt, now) ? stored : undefined
  }
}

const stamped = ({ token, expiresIn }: FetchedToken, askedAt: number): StoredToken => ({
  token,
  fetchedAt: askedAt,
  ...tokenLife(expiresIn, askedAt),
})

const isOutage = (error: unknown): boolean =>
  error instanceof PlatformUnreachable ||
  error instanceof PlatformError ||
  isStorageUnavailable(error)
