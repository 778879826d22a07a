import { LessThanOrEqual, MoreThan, type DataSource, type Repository } from 'typeorm'
import type { Vault } from '../../core/crypto/vault.js'
import { CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import type { Random } from '../../core/ports/random.js'
import { dayNumber } from '../../core/time.js'
import { Lease } from '../../database/lease.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import { AccessTokenEntity } from './access-token.entity.js'
import type { ForcedRefresh, StoredToken } from './token-source.js'

/**
 * As long as a fetch can take: three tries of 3 s with their pauses, and 10 s until the writer of a busy database takes
 * the token. When the holder dies, the others get no new token for this long; the old one mostly still works.
 */
export const LEASE_MS = 20_000
const lease = new Lease(
  AccessTokenEntity,
  { owner: 'leaseOwner', until: 'leaseUntil', never: 0 },
  LEASE_MS,
)

/** What the vault binds an app's sealed token to. */
export const accessTokenRef = (appId: string) => ({
  table: 'access_tokens',
  row: appId,
  purpose: 'access_token',
})

/** The tokens in the database, and the lease that lets one process at a time fetch. */
export class AccessTokenStore {
  readonly #rows: Repository<AccessTokenEntity>
  readonly #owner: string

  constructor(
    dataSource: DataSource,
    private readonly vault: Vault,
    random: Random,
  ) {
    this.#rows = dataSource.getRepository(AccessTokenEntity)
    this.#owner = random.id()
  }

  /** The stored token; none when there is none yet, or when no key of the keyring opens it. */
  async read(appId: string): Promise<StoredToken | undefined> {
    const row = await this.#rows.findOneBy({ appId })
    if (!row?.envelope) return undefined
    const { fetchedAt, refreshAt, expiresAt } = row
    try {
      const token = this.vault.unseal(accessTokenRef(appId), row.envelope)
      return { token, fetchedAt, refreshAt, expiresAt }
    } catch {
      return undefined
    }
  }

  /** @returns whether this process may fetch now */
  async claim(appId: string, now: number): Promise<boolean> {
    await this.#ensureRow(appId)
    return lease.take(this.#rows.manager, { appId }, this.#owner, now)
  }

  async release(appId: string): Promise<void> {
    await lease.release(this.#rows.manager, { appId }, this.#owner)
  }

  /** Keeps the newer of two tokens, should a slow process come late; but not one that a clock that was ahead wrote. */
  async write(appId: string, stored: StoredToken, now: number): Promise<void> {
    const { token, ...times } = stored
    const envelope = this.vault.seal(accessTokenRef(appId), token)
    const older = [
      { appId, fetchedAt: LessThanOrEqual(stored.fetchedAt) },
      { appId, fetchedAt: MoreThan(now + CLOCK_SKEW_MS) },
    ]
    await this.#rows.update(older, { envelope, ...times })
  }

  /** Whether a forced refresh is within the platform's bounds, counting it. */
  async claimForce(
    appId: string,
    now: number,
    { perDay, apartMs }: Pick<ForcedRefresh, 'perDay' | 'apartMs'>,
  ): Promise<boolean> {
    const row = await this.#rows.findOneByOrFail({ appId })
    const { forcedAt, forcedDay, forcedCount } = row
    const day = dayNumber(now)
    const today = day === forcedDay ? forcedCount : 0
    // The distance, not the difference: a clock that was ahead must not forbid it for good.
    if (Math.abs(now - forcedAt) < apartMs || today >= perDay) return false
    const claimed = await this.#rows.update(
      { appId, forcedAt, forcedCount },
      { forcedAt: now, forcedDay: day, forcedCount: today + 1 },
    )
    return claimed.affected === 1
  }

  async #ensureRow(appId: string): Promise<void> {
    if (await this.#rows.existsBy({ appId })) return
    const never = { fetchedAt: 0, refreshAt: 0, expiresAt: 0, forcedAt: 0, forcedDay: 0 }
    try {
      await this.#rows.insert({ appId, ...never, ...lease.free, envelope: null, forcedCount: 0 })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
    }
  }
}
