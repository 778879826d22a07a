import { Inject, Injectable } from '@nestjs/common'
import { CryptoError } from '@sealcard/crypto'
import {
  Column,
  DataSource,
  Entity,
  type EntityManager,
  Index,
  LessThanOrEqual,
  MoreThan,
  Or,
  PrimaryColumn,
} from 'typeorm'
import { Vault } from '../../core/crypto/vault.js'
import { Job } from '../../core/jobs/job.js'
import { CLOCK, type Clock, CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { DAY, MINUTE } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'
import { SESSION_MS } from './session.entity.js'

/**
 * The platform's session_key of a viewer. The platform keeps one for each person and app, on all devices. So it belongs
 * to the viewer, not to a session of ours.
 */
@Entity('viewer_keys')
@DataPolicy<ViewerKeysEntity>({
  until: 'sessionKey',
  // Previous keys have minutes, not days: the job `previous-keys` erases them.
  retention: [
    { name: 'session_keys', due: [{ since: 'expiresAt', ms: 0, latest: SESSION_MS + DAY }] },
  ],
  erasure: 'delete',
})
@Index('ix_viewer_keys_expires_at', ['expiresAt'])
@Index('ix_viewer_keys_previous_until', ['previousUntil'])
export class ViewerKeysEntity {
  @Purpose('whose keys', { person: 'id' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_viewer_keys',
  })
  viewerId: string

  @Purpose('opens the proofs of this person, sealed', {
    personal: true,
    sealed: { for: 'current_key', toldTo: 'nobody' },
  })
  @Column({ type: 'text', name: 'current_key' })
  currentKey: string

  @Purpose('the key before it, sealed: a proof may be on its way', {
    personal: true,
    sealed: { for: 'previous_key', toldTo: 'nobody' },
  })
  @Column({ type: 'text', name: 'previous_key', nullable: true })
  previousKey: string | null

  @Purpose('until when the previous key counts', { personal: true })
  @Column(epoch('previous_until', { nullable: true }))
  previousUntil: number | null

  @Purpose('when the keys are deleted at the latest', { personal: true })
  @Column(epoch('expires_at'))
  expiresAt: number
}

/** How long a replaced key still opens proofs that were on their way. */
export const PREVIOUS_KEY_MS = 5 * MINUTE

/** Keys of one viewer; times in milliseconds UTC. */
export interface Keys {
  readonly current: string
  readonly previous: string | null
  readonly previousUntil: number | null
}

/**
 * The keys after a login delivered `key`. `wx.login` *may* rotate the key. When the same key comes back nothing changes,
 * not even the end of the previous key.
 */
export const rotate = (known: Keys | null, key: string, now: number): Keys => {
  if (!known) return { current: key, previous: null, previousUntil: null }
  if (known.current === key) return withoutExpired(known, now)
  return { current: key, previous: known.current, previousUntil: now + PREVIOUS_KEY_MS }
}

/**
 * What may open a proof now: the current key and, for five minutes, the one before it. A clock that was set back before
 * the rotation makes it no longer.
 */
export const withoutExpired = (keys: Keys, now: number): Keys => {
  const left = (keys.previousUntil ?? now) - now
  if (left > 0 && left <= PREVIOUS_KEY_MS) return keys
  return { current: keys.current, previous: null, previousUntil: null }
}

const EVERY_MS = 30_000

/**
 * Erases previous session keys whose five minutes are over, or end later than five minutes can: a clock was ahead. They
 * count for nothing from that moment on, whether they are still there or not; what is not there cannot be stolen either.
 */
@Injectable()
export class PreviousKeys {
  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many */
  @Job({ name: 'previous-keys', everyMs: EVERY_MS })
  async erase(): Promise<number> {
    const now = this.clock.now()
    const { affected } = await this.storage.manager.update(
      ViewerKeysEntity,
      // A process that is behind must not erase what another has just retired.
      { previousUntil: Or(LessThanOrEqual(now), MoreThan(now + PREVIOUS_KEY_MS + CLOCK_SKEW_MS)) },
      { previousKey: null, previousUntil: null },
    )
    return affected ?? 0
  }
}

const ref = (viewerId: string, purpose: 'current_key' | 'previous_key') => ({
  table: 'viewer_keys',
  row: viewerId,
  purpose,
})

/** The platform's session keys, sealed at rest. */
@Injectable()
export class ViewerKeysRepository {
  constructor(
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The keys of a row that count now; null when none does. */
  current(row: ViewerKeysEntity): Keys | null {
    const now = this.clock.now()
    if (now >= row.expiresAt) return null
    const keys = this.#unsealed(row)
    return keys && withoutExpired(keys, now)
  }

  /**
   * Takes the key that a login delivered. Runs under the lock on the viewer's row.
   *
   * Of two logins of one person at once, the one that comes here last counts as the newer. The platform may have
   * answered it first: its answers carry no order, and our clocks do not know the order of overlapping calls. This mends
   * itself. Both keys open proofs for five minutes. When a proof is rejected after that, the client logs in once more,
   * and gets the platform's key again. An attacker gains nothing: the retired key counts no longer than the key of a
   * person who does not log in again.
   */
  async take(manager: EntityManager, viewerId: string, key: string): Promise<void> {
    const now = this.clock.now()
    const row = await manager.findOneBy(ViewerKeysEntity, { viewerId })
    const keys = rotate(row && this.#unsealed(row), key, now)
    const sealed = {
      currentKey: this.vault.seal(ref(viewerId, 'current_key'), keys.current),
      previousKey: keys.previous && this.vault.seal(ref(viewerId, 'previous_key'), keys.previous),
      previousUntil: keys.previousUntil,
      expiresAt: now + SESSION_MS,
    }
    if (row) await manager.update(ViewerKeysEntity, { viewerId }, sealed)
    else await manager.insert(ViewerKeysEntity, { viewerId, ...sealed })
  }

  /** Null for keys that no key of the keyring opens: no proof holds then, and the next login brings new ones. */
  #unsealed(row: ViewerKeysEntity): Keys | null {
    const { viewerId, currentKey, previousKey, previousUntil } = row
    try {
      return {
        current: this.vault.unseal(ref(viewerId, 'current_key'), currentKey),
        previous: previousKey && this.vault.unseal(ref(viewerId, 'previous_key'), previousKey),
        previousUntil,
      }
    } catch (error) {
      if (error instanceof CryptoError) return null
      throw error
    }
  }
}
