import { Inject, Injectable } from '@nestjs/common'
import { CryptoError } from '@sealcard/crypto'
import { Column, DataSource, Entity, type EntityManager, Index, PrimaryColumn } from 'typeorm'
import { Vault } from '../../core/crypto/vault.js'
import { Job } from '../../core/jobs/job.js'
import { CLOCK, type Clock, CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { DAY, MINUTE } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'
import { integer, nullable, type Statement, Statements, text } from '../../database/statements.js'
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
  readonly #erase: Statement<{ id: string }>

  constructor(
    storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const sql = new Statements(storage)
    // In the order in which logins write them.
    this.#erase = sql.read<{ id: string }>(
      `UPDATE viewer_keys SET previous_key = NULL, previous_until = NULL
      WHERE viewer_id IN (SELECT k.viewer_id FROM viewer_keys AS k
        WHERE k.previous_until <= $1 OR k.previous_until > $2${sql.holdBy('k', 'viewer_id')})
      RETURNING viewer_id AS "id"`,
      { id: text },
    )
  }

  /** @returns how many */
  @Job({ name: 'previous-keys', everyMs: EVERY_MS })
  async erase(): Promise<number> {
    const now = this.clock.now()
    // A process that is behind must not erase what another has just retired.
    const ahead = now + PREVIOUS_KEY_MS + CLOCK_SKEW_MS
    return (await this.#erase.run([now, ahead])).length
  }
}

const ref = (viewerId: string, purpose: 'current_key' | 'previous_key') => ({
  table: 'viewer_keys',
  row: viewerId,
  purpose,
})

/** The keys of the people of a group, and those that their logins changed. */
export class KeyChanges {
  readonly changed = new Map<string, Keys>()

  /** @param known by viewer; null where no key of the keyring opens them @param now ms UTC, of the whole group */
  constructor(
    private readonly known: ReadonlyMap<string, Keys | null>,
    readonly now: number,
  ) {}

  /**
   * Takes the key that a login delivered.
   *
   * Of two logins of one person at once, the one that comes here last counts as the newer. The platform may have
   * answered it first: its answers carry no order, and our clocks do not know the order of overlapping calls. This mends
   * itself. Both keys open proofs for five minutes. When a proof is rejected after that, the client logs in once more,
   * and gets the platform's key again. An attacker gains nothing: the retired key counts no longer than the key of a
   * person who does not log in again.
   */
  take(viewerId: string, key: string): void {
    const known = this.changed.get(viewerId) ?? this.known.get(viewerId) ?? null
    this.changed.set(viewerId, rotate(known, key, this.now))
  }
}

/** The platform's session keys, sealed at rest. */
@Injectable()
export class ViewerKeysRepository {
  readonly #rows: Statement<ViewerKeysEntity>
  readonly #upsert: Statement<never>

  constructor(
    storage: DataSource,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const sql = new Statements(storage)
    this.#rows = sql.read<ViewerKeysEntity>(
      `SELECT viewer_id AS "viewerId", current_key AS "currentKey", previous_key AS "previousKey",
        previous_until AS "previousUntil", expires_at AS "expiresAt"
      FROM viewer_keys WHERE viewer_id IN (SELECT given.id FROM ${sql.given(1, { id: 'varchar' })})`,
      {
        viewerId: text,
        currentKey: text,
        previousKey: nullable(text),
        previousUntil: nullable(integer),
        expiresAt: integer,
      },
    )
    const columns = {
      viewer_id: 'varchar',
      current_key: 'text',
      previous_key: 'text',
      previous_until: 'bigint',
      expires_at: 'bigint',
    } as const
    const names = Object.keys(columns).join(', ')
    // Without WHERE, SQLite takes ON for the condition of a join.
    this.#upsert = sql.write(
      `INSERT INTO viewer_keys (${names}) SELECT ${names} FROM ${sql.given(1, columns)} WHERE true
      ON CONFLICT (viewer_id) DO UPDATE SET current_key = excluded.current_key,
        previous_key = excluded.previous_key, previous_until = excluded.previous_until,
        expires_at = excluded.expires_at`,
    )
  }

  /** The keys of a row that count now; null when none does. */
  current(row: ViewerKeysEntity): Keys | null {
    const now = this.clock.now()
    if (now >= row.expiresAt) return null
    const keys = this.#unsealed(row)
    return keys && withoutExpired(keys, now)
  }

  /** Runs when the people are held. @param now of the whole group, ms UTC */
  async read(
    manager: EntityManager,
    viewerIds: readonly string[],
    now: number,
  ): Promise<KeyChanges> {
    const rows = await this.#rows.run([[...new Set(viewerIds)].map((id) => [id])], manager)
    return new KeyChanges(new Map(rows.map((row) => [row.viewerId, this.#unsealed(row)])), now)
  }

  async write(manager: EntityManager, { changed, now }: KeyChanges): Promise<void> {
    const rows = [...changed]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([viewerId, { current, previous, previousUntil }]) => [
        viewerId,
        this.vault.seal(ref(viewerId, 'current_key'), current),
        previous && this.vault.seal(ref(viewerId, 'previous_key'), previous),
        previousUntil,
        now + SESSION_MS,
      ])
    if (rows.length > 0) await this.#upsert.run([rows], manager)
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
