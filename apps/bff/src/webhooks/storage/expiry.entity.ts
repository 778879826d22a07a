import { Entity, Index, PrimaryColumn } from 'typeorm'
import { DAY } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** No event is written about a card that expired longer ago, ms. */
export const TOLD_MS = 3 * DAY

/** An expiry that has its event. A card that lives on and expires again has another expiry. */
@Entity('webhook_expiries')
@DataPolicy<WebhookExpiryEntity>({
  until: 'webhookExpiry',
  retention: [{ name: 'webhook_expiries', due: [{ since: 'expiresAt', ms: 7 * DAY }] }],
})
@Index('ix_webhook_expiries_expires_at', ['expiresAt'])
export class WebhookExpiryEntity {
  @Purpose('which card expired')
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'card_id',
    primaryKeyConstraintName: 'pk_webhook_expiries',
  })
  cardId: string

  @Purpose('when')
  @PrimaryColumn({ ...epoch('expires_at'), primaryKeyConstraintName: 'pk_webhook_expiries' })
  expiresAt: number
}
