import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Job } from '../../core/jobs/job.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { SECOND } from '../../core/time.js'
import { integer, type Statement, Statements, text } from '../../database/statements.js'
import { retried } from '../../database/storage-error.js'
import { TOLD_MS } from '../storage/expiry.entity.js'
import { Webhooks } from '../webhook.js'
import { EventWriter } from './event-writer.js'

/** Cards of one transaction: a longer one keeps openings waiting. */
const BATCH = 200
const MAX_TRIES = 4

interface Expiry {
  readonly id: string
  readonly expiresAt: number
}

/** Writes events about cards that expired: one for each expiry, also when several processes look. */
@Injectable()
export class CardExpiries {
  readonly #due: Statement<Expiry>
  readonly #held: Statement<Expiry>
  readonly #claim: Statement<Expiry>

  constructor(
    private readonly storage: DataSource,
    private readonly webhooks: Webhooks,
    private readonly events: EventWriter,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const sql = new Statements(storage)
    const shape = { id: text, expiresAt: integer }
    this.#due = sql.read<Expiry>(
      `SELECT c.id, c.expires_at AS "expiresAt" FROM cards AS c
      LEFT JOIN webhook_expiries AS e ON e.card_id = c.id AND e.expires_at = c.expires_at
      WHERE c.expires_at > $2 AND c.expires_at <= $3 AND c.revoked_at IS NULL
        AND e.card_id IS NULL
        AND c.app_id IN (SELECT given.app_id FROM ${sql.given(1, { app_id: 'varchar' })})
      ORDER BY c.expires_at LIMIT ${BATCH}`,
      shape,
    )
    // A change of the card may have come first. An opening waits, so its event comes after the expiry's.
    this.#held = sql.read<Expiry>(
      `SELECT id, expires_at AS "expiresAt" FROM cards
      WHERE id IN (SELECT given.id FROM ${sql.given(1, { id: 'varchar' })})
        AND expires_at <= $2 AND revoked_at IS NULL${sql.hold}`,
      shape,
    )
    this.#claim = sql.read<Expiry>(
      `INSERT INTO webhook_expiries (card_id, expires_at)
      SELECT given.id, given.expires_at FROM ${sql.given(1, { id: 'varchar', expires_at: 'bigint' })}
      WHERE true ON CONFLICT DO NOTHING RETURNING card_id AS "id", expires_at AS "expiresAt"`,
      shape,
    )
  }

  @Job({ name: 'card-expiries', everyMs: 15 * SECOND })
  async run(signal?: AbortSignal): Promise<void> {
    const apps = [...new Set(this.webhooks.telling('card.expired').map(({ app }) => [app]))]
    if (apps.length === 0) return
    for (let found = BATCH; found === BATCH && !signal?.aborted;) {
      const now = this.clock.now()
      const due = await this.#due.run([apps, now - TOLD_MS, now])
      found = due.length
      if (found > 0) await retried(MAX_TRIES, () => this.#tell(due, now))
    }
  }

  async #tell(due: readonly Expiry[], now: number): Promise<void> {
    await this.storage.transaction(async (manager) => {
      const ids = due.map(({ id }) => [id]).sort()
      const held = await this.#held.run([ids, now], manager)
      const rows = held.map(({ id, expiresAt }) => [id, expiresAt])
      const mine = new Set((await this.#claim.run([rows], manager)).map(({ id }) => id))
      await this.events.write(
        manager,
        due
          .filter(({ id }) => mine.has(id))
          .map(({ id }) => ({ type: 'card.expired', cardId: id, viewerId: null, ids: {} })),
      )
    })
    this.events.wake()
  }
}
