import { Inject, Injectable } from '@nestjs/common'
import { Column, DataSource, Entity, Index, PrimaryColumn } from 'typeorm'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { DAY, MINUTE, SECOND } from '../core/time.js'
import { epoch } from '../database/columns.js'
import { DataPolicy, Purpose } from '../database/data-policy.js'
import { KeyedHash } from '../database/keyed-hash/keyed-hash.service.js'
import { isUniqueViolation } from '../database/storage-error.js'

/** A key without an attempt for this long counts from zero again. */
export const FORGOTTEN_MS = DAY

/** Counts the guesses that come one way: at a name, from an address, or from a device that logged in before. */
@Entity('admin_login_lanes')
@DataPolicy<LoginThrottleEntity>({
  until: 'adminLane',
  retention: [{ name: 'admin_login_lanes', due: [{ since: 'lastAt', ms: FORGOTTEN_MS }] }],
})
@Index('ix_admin_login_lanes_last_at', ['lastAt'])
export class LoginThrottleEntity {
  /** A keyed hash of what is counted: neither names nor addresses are kept. */
  @Purpose('what is counted, hashed')
  @PrimaryColumn({
    type: 'varchar',
    length: 43,
    primaryKeyConstraintName: 'pk_admin_login_lanes',
  })
  lane: string

  @Purpose('how many failed')
  @Column({ type: 'integer' })
  failures: number

  @Purpose('until when none is looked at')
  @Column(epoch('blocked_until'))
  blockedUntil: number

  @Purpose('forgets it a day later')
  @Column(epoch('last_at'))
  lastAt: number
}

/** How many failures cost no waiting. Many people may share an address. */
const FREE = { address: 10, name: 4, device: 4, own: 4 } as const
const FIRST_MS = SECOND
/** The longest wait: a stranger who keeps guessing must not lock an administrator out for ever. */
export const LONGEST_MS = 15 * MINUTE
/** Tries against others who take the same key at the same moment. After that the attempt is refused. */
const MAX_TRIES = 50

export interface ThrottleKey {
  readonly kind: keyof typeof FREE
  /** Of an address, the part that counts; of a name, in lower case. */
  readonly value: string
}

/** Milliseconds until the next guess after so many failures. */
export const delayAfter = (kind: ThrottleKey['kind'], failures: number): number =>
  failures <= FREE[kind] ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - FREE[kind] - 1))

/**
 * Counts guesses in the database, so that several processes count together and a restart forgets nothing. An attempt
 * counts as a failure before the password is checked. The update holds only for the row as it was read. So of a hundred
 * attempts at once no more get through than of a hundred in a row.
 */
@Injectable()
export class LoginThrottle {
  constructor(
    private readonly storage: DataSource,
    private readonly keyedHash: KeyedHash,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns milliseconds until the next attempt; nothing is counted */
  async wait(way: ThrottleKey): Promise<number> {
    const lane = await this.#key(way)
    const row = await this.storage.manager.findOneBy(LoginThrottleEntity, { lane })
    return row ? waitOf(row, this.clock.now()) : 0
  }

  /** @returns 0 when the attempt may be looked at, else the milliseconds until the next; then nothing was counted */
  async take({ kind, value }: ThrottleKey): Promise<number> {
    const lane = await this.#key({ kind, value })
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const now = this.clock.now()
      const row = await this.storage.manager.findOneBy(LoginThrottleEntity, { lane })
      const wait = row ? waitOf(row, now) : 0
      if (wait > 0) return wait
      const fresh = !row || now - row.lastAt >= FORGOTTEN_MS
      const failures = fresh ? 1 : row.failures + 1
      const next = { failures, blockedUntil: now + delayAfter(kind, failures), lastAt: now }
      if (await (row ? this.#advance(row, next) : this.#begin({ lane, ...next }))) return 0
    }
    return LONGEST_MS
  }

  /** The guess was right: the way is as new. */
  async clear(key: ThrottleKey): Promise<void> {
    await this.storage.manager.delete(LoginThrottleEntity, { lane: await this.#key(key) })
  }

  /**
   * The guess was right: it does not count. The guesses before it still count. Otherwise a person with an account could
   * clear their address between guesses at another account.
   */
  async refund(key: ThrottleKey): Promise<void> {
    const row = await this.storage.manager.findOneBy(LoginThrottleEntity, {
      lane: await this.#key(key),
    })
    if (!row || row.failures === 0) return
    await this.#advance(row, { failures: row.failures - 1, blockedUntil: 0, lastAt: row.lastAt })
  }

  async #advance(
    row: LoginThrottleEntity,
    next: Omit<LoginThrottleEntity, 'lane'>,
  ): Promise<boolean> {
    const { lane, failures, blockedUntil, lastAt } = row
    const still = { lane, failures, blockedUntil, lastAt }
    return (await this.storage.manager.update(LoginThrottleEntity, still, next)).affected === 1
  }

  async #begin(row: LoginThrottleEntity): Promise<boolean> {
    try {
      await this.storage.manager.insert(LoginThrottleEntity, row)
      return true
    } catch (error) {
      if (isUniqueViolation(error)) return false
      throw error
    }
  }

  #key({ kind, value }: ThrottleKey): Promise<string> {
    return this.keyedHash.hash('admin-lane', kind, value)
  }
}

const waitOf = ({ blockedUntil }: LoginThrottleEntity, now: number): number =>
  Math.max(0, blockedUntil - now)
