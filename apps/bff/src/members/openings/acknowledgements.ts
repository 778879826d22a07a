import { Inject, Injectable, Optional } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { type AuditedTransaction, AuditLog } from '../../audit/audit-log.js'
import { transactGroup } from '../../audit/transact-group.js'
import { Grouped, type Settled } from '../../core/concurrency/grouped.js'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { GroupedRead } from '../../database/grouped-read.js'
import { integer, nullable, type Statement, Statements, text } from '../../database/statements.js'
import type { Principal } from '../../http/access/principals.js'
import { Metrics } from '../../observability/metrics.js'
import { viewKey } from './group-state.js'
import type { Outcome } from './opening.entity.js'

/** Members of one group. */
const MOST = 128

interface OpenedRow {
  readonly n: number
  readonly cardId: string | null
  readonly viewerId: string
  readonly outcome: Outcome
}

/** A person who says that they have read a card. */
export interface Acknowledgement {
  readonly openingId: string
  readonly cardId: string
  readonly viewerId: string
  /** The app that the person uses. */
  readonly app: string
}

/** Confirmations of readers. Those that arrive while a transaction is under way share the next one. */
@Injectable()
export class Acknowledgements {
  readonly #openings: GroupedRead<string, OpenedRow>
  readonly #acknowledge: Statement<{ cardId: string; viewerId: string }>
  readonly #groups: Grouped<Acknowledgement, void>

  constructor(
    storage: DataSource,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() metrics?: Metrics,
  ) {
    const sql = new Statements(storage)
    this.#openings = new GroupedRead(
      sql.read<OpenedRow>(
        `SELECT given.n, o.card_id AS "cardId", o.viewer_id AS "viewerId", o.outcome
        FROM ${sql.given(1, { n: 'int', id: 'varchar' })} JOIN openings AS o ON o.id = given.id`,
        {
          n: integer,
          cardId: nullable(text),
          viewerId: text,
          outcome: text as (value: unknown) => Outcome,
        },
      ),
      (id: string) => [id],
    )
    const given = sql.given(1, { card_id: 'varchar', viewer_id: 'varchar' })
    // An UPDATE takes its rows in the order of its plan: two groups would wait for each other.
    this.#acknowledge = sql.read<{ cardId: string; viewerId: string }>(
      `UPDATE card_viewers SET acknowledged_at = $2 WHERE (card_id, viewer_id) IN (
        SELECT v.card_id, v.viewer_id FROM ${given}
        JOIN card_viewers AS v ON v.card_id = given.card_id AND v.viewer_id = given.viewer_id
        WHERE v.acknowledged_at IS NULL${sql.holdBy('v', 'card_id', 'viewer_id')})
      RETURNING card_id AS "cardId", viewer_id AS "viewerId"`,
      { cardId: text, viewerId: text },
    )
    const sizes = metrics?.histogram(
      'sealcard_acknowledgements_group_size',
      'Acknowledgements that shared one transaction',
      [1, 2, 4, 8, 16, 32, 64, MOST],
    )
    this.#groups = new Grouped({ most: MOST }, (group) => {
      sizes?.observe(group.length)
      return this.acknowledgeGroup(group)
    })
  }

  /** The opener confirms having read the card; again changes nothing. @throws ApiError ERR_NOT_FOUND */
  async acknowledge({ viewerId, app }: Principal, asked: string): Promise<void> {
    const openingId = asId(asked)
    const opening = await this.#openings.first(openingId)
    if (opening?.viewerId !== viewerId || opening.outcome !== 'granted' || opening.cardId === null)
      throw new ApiError('ERR_NOT_FOUND')
    await this.acknowledgeOpened({ openingId, cardId: opening.cardId, viewerId, app: app.id })
  }

  /** @returns once it is committed */
  acknowledgeOpened(acknowledgement: Acknowledgement): Promise<void> {
    return this.#groups.ask(acknowledgement)
  }

  /** A member that the database refuses fails alone. */
  acknowledgeGroup(group: readonly Acknowledgement[]): Promise<readonly Settled<void>[]> {
    return transactGroup(this.audit, group, (tx, part) => this.#write(tx, part))
  }

  async #write(
    { manager, record }: AuditedTransaction,
    group: readonly Acknowledgement[],
  ): Promise<Settled<void>[]> {
    const pairs = new Map(group.map((one) => [viewKey(one.cardId, one.viewerId), one]))
    const rows = [...pairs.keys()].map((key) => key.split(' '))
    const written = await this.#acknowledge.run([rows, this.clock.now()], manager)
    const first = new Set(written.map(({ cardId, viewerId }) => viewKey(cardId, viewerId)))
    for (const { openingId, cardId, viewerId, app } of group) {
      // A second one in the group, or one that came before, changed nothing.
      if (!first.delete(viewKey(cardId, viewerId))) continue
      record({
        kind: 'opening.acknowledge',
        actor: viewerId,
        subject: openingId,
        decision: 'done',
        reason: cardId,
        about: { app, cardId, openingId },
      })
    }
    return group.map(() => ({ value: undefined }))
  }
}
