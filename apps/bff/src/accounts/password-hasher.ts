import { timingSafeEqual } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { Crowded, Turnstile } from '../core/concurrency/turnstile.js'
import { ApiError } from '../core/errors/api-error.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { HASHED_AT_ONCE, HASHES_WAITING } from '../http/limits/password-places.js'
import {
  deriveKey,
  parseHash,
  PASSWORD_COST,
  type PasswordCost,
  type StoredHash,
  writeHash,
} from './password-hash.js'

/** Seconds. */
const RETRY_AFTER = 5

@Injectable()
export class PasswordHasher {
  readonly #turnstile = new Turnstile(HASHED_AT_ONCE, HASHES_WAITING)
  readonly #nobody: StoredHash

  constructor(
    @Inject(PASSWORD_COST) private readonly cost: PasswordCost,
    @Inject(RANDOM) private readonly random: Random,
  ) {
    this.#nobody = { ...cost, salt: random.bytes(16), key: random.bytes(32) }
  }

  /** @throws ApiError ERR_RATE_LIMITED when there is no place left to wait: before anything else is done or counted */
  refuseWhenFull(): void {
    if (this.#turnstile.full) throw crowded()
  }

  /** @throws ApiError ERR_RATE_LIMITED */
  async hash(password: string): Promise<string> {
    const salt = this.random.bytes(16)
    return writeHash({ ...this.cost, salt, key: await this.#derive(password, salt, this.cost) })
  }

  /**
   * @param stored null when there is no such password; that takes as long as one of the present cost, and is always
   * false. A hash of an older cost takes its own time until the next login renews it.
   * @throws ApiError ERR_RATE_LIMITED
   */
  async verify(password: string, stored: string | null): Promise<boolean> {
    const known = stored === null ? null : parseHash(stored)
    const against = known ?? this.#nobody
    const key = await this.#derive(password, against.salt, against)
    return timingSafeEqual(key, against.key) && known !== null
  }

  /** Whether the hash is cheaper, or dearer, than new ones are. */
  outdated(stored: string): boolean {
    const { logN, r, p } = parseHash(stored) ?? this.cost
    return logN !== this.cost.logN || r !== this.cost.r || p !== this.cost.p
  }

  async #derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
    try {
      return await this.#turnstile.run(() => deriveKey(password, salt, cost))
    } catch (error) {
      throw error instanceof Crowded ? crowded() : error
    }
  }
}

const crowded = () => new ApiError('ERR_RATE_LIMITED', { retryAfter: RETRY_AFTER })
