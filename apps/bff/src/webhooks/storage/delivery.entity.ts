import type { WebhookEvent } from '@sealcard/protocol'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { DAY } from '../../core/time.js'
import { epoch, int64 } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** The rows of a webhook that left the configuration; any other row was delivered or given up before. */
const FORGOTTEN_MS = 7 * DAY

/** Ids of ours that the event is about. */
export interface EventIds {
  readonly openingId?: string | undefined
  readonly shareId?: string | undefined
  readonly requestId?: string | undefined
  /** Why the person was refused. */
  readonly code?: string | undefined
}

/** An event on its way to one webhook. Deleted once it is delivered or given up. */
@Entity('webhook_deliveries')
@DataPolicy<WebhookDeliveryEntity>({
  until: 'webhook',
  retention: [{ name: 'webhook_deliveries', due: [{ since: 'at', ms: FORGOTTEN_MS }] }],
  erasure: 'columns',
})
@Index('ix_webhook_deliveries_order', ['webhookId', 'line', 'seq'])
@Index('ix_webhook_deliveries_due', ['webhookId', 'nextAt'])
@Index('ix_webhook_deliveries_viewer', ['viewerId'])
@Index('ix_webhook_deliveries_at', ['at'])
export class WebhookDeliveryEntity {
  /** Also the header `webhook-id`, the same at every try. */
  @Purpose('names the message')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_webhook_deliveries' })
  id: string

  @Purpose('in which app')
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  /** See `webhookIdOf`. */
  @Purpose('which of the company’s servers gets it')
  @Column({ type: 'varchar', length: 22, name: 'webhook_id' })
  webhookId: string

  /** The card; of an event about no card, the message itself. Messages of a line are sent one after another. */
  @Purpose('what is sent in order', { personal: true })
  @Column({ type: 'varchar', length: 22 })
  line: string

  @Purpose('its place in that order')
  @Column(int64('seq'))
  seq: number

  @Purpose('what happened', { personal: true })
  @Column({ type: 'varchar', length: 20 })
  type: WebhookEvent

  /** Null: about no card. No receiver gets a request for access without a card. */
  @Purpose('to which card', { personal: true })
  @Column({ type: 'varchar', length: 22, name: 'card_id', nullable: true })
  cardId: string | null

  /** Null: about no person, about one who was erased, or about the one who made the request. */
  @Purpose('who did it', { person: 'id', erased: 'null' })
  @Column({ type: 'varchar', length: 22, name: 'viewer_id', nullable: true })
  viewerId: string | null

  @Purpose('which opening, share or request', { personal: true })
  @Column({ type: 'simple-json' })
  ids: EventIds

  @Purpose('when', { personal: true })
  @Column(epoch('at'))
  at: number

  @Purpose('how often it was tried')
  @Column({ type: 'int' })
  attempts: number

  @Purpose('when it is tried next')
  @Column(epoch('next_at'))
  nextAt: number
}
