import { Inject, Injectable } from '@nestjs/common'
import { DataSource, LessThan, LessThanOrEqual } from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { integer, nullable, type Statement, Statements, text } from '../../database/statements.js'
import { WebhookDeliveryEntity } from './delivery.entity.js'

/** Due rows that are looked at for their lines. */
const LOOKED_AT = 200

interface Queue {
  readonly webhookId: string
  readonly queued: number
  readonly nextAt: number | null
}

/** Messages that wait. Only the first message of a line is sent. */
@Injectable()
export class WebhookDeliveries {
  readonly #waiting: Statement<{ webhookId: string }>
  readonly #lines: Statement<{ line: string }>
  readonly #queues: Statement<Queue>

  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const sql = new Statements(storage)
    this.#waiting = sql.read(
      `SELECT given.webhook_id AS "webhookId" FROM ${sql.given(1, { webhook_id: 'varchar' })}
      WHERE EXISTS (SELECT 1 FROM webhook_deliveries AS w
        WHERE w.webhook_id = given.webhook_id AND w.next_at <= $2)`,
      { webhookId: text },
    )
    this.#lines = sql.read(
      `SELECT few.line FROM (SELECT line, next_at FROM webhook_deliveries
        WHERE webhook_id = $1 AND next_at <= $2 ORDER BY next_at LIMIT ${LOOKED_AT}) AS few
      GROUP BY few.line ORDER BY min(few.next_at)`,
      { line: text },
    )
    this.#queues = sql.read(
      `SELECT webhook_id AS "webhookId", count(*) AS "queued", min(next_at) AS "nextAt"
      FROM webhook_deliveries GROUP BY webhook_id`,
      { webhookId: text, queued: integer, nextAt: nullable(integer) },
    )
  }

  /** Which of these webhooks have a message that is due. */
  async waiting(webhooks: readonly string[]): Promise<ReadonlySet<string>> {
    if (webhooks.length === 0) return new Set()
    const rows = await this.#waiting.run([webhooks.map((id) => [id]), this.clock.now()])
    return new Set(rows.map(({ webhookId }) => webhookId))
  }

  /** Lines with a due message, the one that has waited longest first. */
  async lines(webhookId: string): Promise<string[]> {
    const rows = await this.#lines.run([webhookId, this.clock.now()])
    return rows.map(({ line }) => line)
  }

  /** The first message of a line. */
  first(webhookId: string, line: string): Promise<WebhookDeliveryEntity | null> {
    return this.storage.manager.findOne(WebhookDeliveryEntity, {
      where: { webhookId, line },
      order: { seq: 'ASC', id: 'ASC' },
    })
  }

  /** The message is over. */
  async remove({ id }: WebhookDeliveryEntity): Promise<void> {
    await this.storage.manager.delete(WebhookDeliveryEntity, { id })
  }

  async retry(row: WebhookDeliveryEntity, nextAt: number): Promise<void> {
    const attempts = row.attempts + 1
    await this.storage.manager.update(WebhookDeliveryEntity, { id: row.id }, { attempts, nextAt })
    const { webhookId, line } = row
    await this.follow({ webhookId, line, nextAt })
  }

  /** All messages of a line wait for its first one. */
  async follow({
    webhookId,
    line,
    nextAt,
  }: Pick<WebhookDeliveryEntity, 'webhookId' | 'line' | 'nextAt'>): Promise<void> {
    const behind = { webhookId, line, nextAt: LessThan(nextAt) }
    await this.storage.manager.update(WebhookDeliveryEntity, behind, { nextAt })
  }

  /** Of a webhook that is disabled. @param before ms UTC @returns how many */
  async removeOld(webhookId: string, before: number): Promise<number> {
    const { affected } = await this.storage.manager.delete(WebhookDeliveryEntity, {
      webhookId,
      at: LessThanOrEqual(before),
    })
    return affected ?? 0
  }

  async queues(): Promise<ReadonlyMap<string, Queue>> {
    const rows = await this.#queues.run([])
    return new Map(rows.map((row) => [row.webhookId, row]))
  }
}
