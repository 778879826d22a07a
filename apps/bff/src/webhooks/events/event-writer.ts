import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import type { AuditedTransaction, FactListener } from '../../audit/audit-log.js'
import type { Fact } from '../../audit/audit.entities.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { type Statement, Statements } from '../../database/statements.js'
import { type Webhook, Webhooks } from '../webhook.js'
import { eventOf, type HappenedEvent } from './fact-events.js'

/**
 * Writes events in the transaction of what happened. So each answered request has its event. Facts of apps without webhooks
 * cost nothing. All events of a transaction are one statement.
 */
@Injectable()
export class EventWriter implements FactListener {
  readonly #insert: Statement<never>
  #wake: () => void = () => {}

  constructor(
    storage: DataSource,
    private readonly webhooks: Webhooks,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {
    const sql = new Statements(storage)
    const given = sql.given(1, {
      n: 'int',
      id: 'varchar',
      app_id: 'varchar',
      webhook_id: 'varchar',
      line: 'varchar',
      type: 'varchar',
      card_id: 'varchar',
      viewer_id: 'varchar',
      ids: 'text',
    })
    // A transaction that opens or revokes a card holds its row, so each gives places of its own. Two things that happen at
    // the same moment, such as two confirmations, may get one place. Then their ids order them.
    this.#insert = sql.write(
      `INSERT INTO webhook_deliveries
        (id, app_id, webhook_id, line, seq, type, card_id, viewer_id, ids, at, attempts, next_at)
      SELECT given.id, given.app_id, given.webhook_id, given.line,
        given.n + coalesce((SELECT max(w.seq) FROM webhook_deliveries AS w
          WHERE w.webhook_id = given.webhook_id AND w.line = given.line), 0),
        given.type, given.card_id, given.viewer_id, given.ids, $2, 0, $2
      FROM ${given} LEFT JOIN cards AS c ON c.id = given.card_id
      WHERE given.card_id IS NULL OR c.app_id = given.app_id`,
    )
  }

  /** @param wake called after a commit with events. It must not throw. */
  onEvents(wake: () => void): void {
    this.#wake = wake
  }

  /** Events that `write` wrote are committed. */
  wake(): void {
    this.#wake()
  }

  async heard({ manager, afterCommit }: AuditedTransaction, facts: readonly Fact[]): Promise<void> {
    if (this.webhooks.all.length === 0) return
    const written = await this.write(
      manager,
      facts.flatMap((fact) => eventOf(fact) ?? []),
    )
    if (written) afterCommit(() => this.wake())
  }

  /** In the order of the events. @returns whether any webhook may want one of them */
  async write(manager: EntityManager, events: readonly HappenedEvent[]): Promise<boolean> {
    const rows = events.flatMap((event, i) =>
      this.webhooks
        .telling(event.type, event.app)
        .map((webhook) => this.#row(i + 1, event, webhook)),
    )
    if (rows.length > 0) await this.#insert.run([rows, this.clock.now()], manager)
    return rows.length > 0
  }

  #row(n: number, { type, cardId, viewerId, ids }: HappenedEvent, { id: webhook, app }: Webhook) {
    const id = this.random.id()
    return [n, id, app, webhook, cardId ?? id, type, cardId, viewerId, JSON.stringify(ids)]
  }
}
