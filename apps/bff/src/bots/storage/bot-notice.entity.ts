import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { HOUR } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'
import type { CardEventKind } from '../registry/card-event-kind.js'

/**
 * `sending` is durable before the message leaves, so that no process sends it again after a crash. `told`: a
 * conversation showed it. `given_up`: the platform refuses it, or it is too late.
 */
export type NoticeState = 'waiting' | 'sending' | 'sent' | 'told' | 'given_up'

/** An event of a card that its owner gets as a message of the bot's app. */
@Entity('bot_notices')
@DataPolicy<BotNoticeEntity>({
  until: 'idempotency',
  retention: [{ name: 'bot_notices', due: [{ since: 'createdAt', ms: 48 * HOUR }] }],
  erasure: 'delete',
})
@Index('ux_bot_notices_event', ['botId', 'cardId', 'kind', 'at'], { unique: true })
@Index('ix_bot_notices_due', ['state', 'dueAt'])
@Index('ix_bot_notices_message', ['messageId'])
@Index('ix_bot_notices_owner', ['viewerId', 'state'])
@Index('ix_bot_notices_created_at', ['createdAt'])
export class BotNoticeEntity {
  @Purpose('names the notice')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_bot_notices' })
  id: string

  @Purpose('of which bot')
  @Column({ type: 'varchar', length: 64, name: 'bot_id' })
  botId: string

  @Purpose('whom to tell', { person: 'id' })
  @Column({ type: 'varchar', length: 22, name: 'viewer_id' })
  viewerId: string

  @Purpose('of which card', { personal: true })
  @Column({ type: 'varchar', length: 22, name: 'card_id' })
  cardId: string

  @Purpose('what happened', { personal: true })
  @Column({ type: 'varchar', length: 8 })
  kind: CardEventKind

  @Purpose('how often it happened', { personal: true })
  @Column({ type: 'int' })
  times: number

  /** Of `expiring`: when the card expires. Of several that are one notice: the first. */
  @Purpose('when it happened', { personal: true })
  @Column(epoch('at'))
  at: number

  @Purpose('whether it was told')
  @Column({ type: 'varchar', length: 8 })
  state: NoticeState

  /** A retry sends the same message with the same notices. Null before the first try. */
  @Purpose('in which message')
  @Column({ type: 'varchar', length: 22, name: 'message_id', nullable: true })
  messageId: string | null

  @Purpose('how often it was tried')
  @Column({ type: 'int' })
  attempts: number

  @Purpose('when it is told at the earliest')
  @Column(epoch('due_at'))
  dueAt: number

  @Purpose('for how long it is tried')
  @Column(epoch('created_at'))
  createdAt: number
}
