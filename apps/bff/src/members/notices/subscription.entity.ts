import type { SubscriptionEvent } from '@sealcard/protocol'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { DAY } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** How many messages about a card its owner accepted, for one event. */
@Entity('card_subscriptions')
@DataPolicy<SubscriptionEntity>({
  until: 'subscription',
  retention: [{ name: 'card_subscriptions', due: [{ since: 'changedAt', ms: 180 * DAY }] }],
  erasure: 'delete',
})
@Index('ix_card_subscriptions_due', ['dueAt'])
@Index('ix_card_subscriptions_viewer', ['viewerId'])
@Index('ix_card_subscriptions_changed_at', ['changedAt'])
export class SubscriptionEntity {
  @Purpose('of which card', { personal: true })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'card_id',
    primaryKeyConstraintName: 'pk_card_subscriptions',
  })
  cardId: string

  @Purpose('about what', { personal: true })
  @PrimaryColumn({
    type: 'varchar',
    length: 10,
    primaryKeyConstraintName: 'pk_card_subscriptions',
  })
  event: SubscriptionEvent

  @Purpose('whom to tell', { person: 'id' })
  @Column({ type: 'varchar', length: 22, name: 'viewer_id' })
  viewerId: string

  @Purpose('in which language', { personal: true })
  @Column({ type: 'varchar', length: 2 })
  language: 'zh' | 'en'

  /** Reduced before a message leaves, so that no acceptance is used twice. */
  @Purpose('how many messages were accepted and not sent', { personal: true })
  @Column({ type: 'int' })
  remaining: number

  /** What happened until then was told, or the owner saw it. */
  @Purpose('since when there is news', { personal: true })
  @Column(epoch('told_until'))
  toldUntil: number

  /** Null: nothing is to be told. */
  @Purpose('when the next message leaves at the earliest', { personal: true })
  @Column(epoch('due_at', { nullable: true }))
  dueAt: number | null

  @Purpose('for how long a message is tried')
  @Column({ type: 'int' })
  attempts: number

  @Purpose('when a message left last', { personal: true })
  @Column(epoch('sent_at', { nullable: true }))
  sentAt: number | null

  @Purpose('when it may be forgotten', { personal: true })
  @Column(epoch('changed_at'))
  changedAt: number
}
