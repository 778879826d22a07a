import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'

export type NoticeKind = 'opened' | 'refused' | 'expiring'

/**
 * `sending` is written before the message leaves, so that after a crash nobody sends it a second time. `told`: in a
 * conversation instead. `given_up`: the platform does not take it, or it is too late.
 */
export type NoticeState = 'waiting' | 'sending' | 'sent' | 'told' | 'given_up'

/** Something that happened to a card, of which its owner is told by a message of the bot's app. */
@Entity('bot_notices')
@Index('ux_bot_notices_event', ['botId', 'cardId', 'kind', 'at'], { unique: true })
@Index('ix_bot_notices_due', ['state', 'dueAt'])
@Index('ix_bot_notices_message', ['messageId'])
@Index('ix_bot_notices_owner', ['viewerId', 'state'])
@Index('ix_bot_notices_created_at', ['createdAt'])
export class BotNoticeEntity {
  @Retain({ purpose: 'names the notice', personal: false, until: 'idempotency' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_bot_notices' })
  id: string

  @Retain({ purpose: 'of which bot', personal: false, until: 'idempotency' })
  @Column({ type: 'varchar', length: 64, name: 'bot_id' })
  botId: string

  @Retain({ purpose: 'whom to tell', personal: true, until: 'idempotency' })
  @Column({ type: 'varchar', length: 22, name: 'viewer_id' })
  viewerId: string

  @Retain({ purpose: 'of which card', personal: true, until: 'idempotency' })
  @Column({ type: 'varchar', length: 22, name: 'card_id' })
  cardId: string

  @Retain({ purpose: 'what happened', personal: true, until: 'idempotency' })
  @Column({ type: 'varchar', length: 8 })
  kind: NoticeKind

  @Retain({ purpose: 'how often it happened', personal: true, until: 'idempotency' })
  @Column({ type: 'int' })
  times: number

  /** For `expiring`, when the card expires; for `refused`, the first of them. */
  @Retain({ purpose: 'when it happened', personal: true, until: 'idempotency' })
  @Column(epoch('at'))
  at: number

  @Retain({ purpose: 'whether it was told', personal: false, until: 'idempotency' })
  @Column({ type: 'varchar', length: 8 })
  state: NoticeState

  /** What is sent again is the same message, of the same notices. Null until it is first tried. */
  @Retain({ purpose: 'in which message', personal: false, until: 'idempotency' })
  @Column({ type: 'varchar', length: 22, name: 'message_id', nullable: true })
  messageId: string | null

  @Retain({ purpose: 'how often it was tried', personal: false, until: 'idempotency' })
  @Column({ type: 'int' })
  attempts: number

  @Retain({ purpose: 'when it is told at the earliest', personal: false, until: 'idempotency' })
  @Column(epoch('due_at'))
  dueAt: number

  @Retain({ purpose: 'for how long it is tried', personal: false, until: 'idempotency' })
  @Column(epoch('created_at'))
  createdAt: number
}
