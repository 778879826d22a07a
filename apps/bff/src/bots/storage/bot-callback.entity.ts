import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'

/** A callback that was handled, with its reply: whoever sends it again gets the same, and nothing happens twice. */
@Entity('bot_callbacks')
@Index('ux_bot_callbacks_message', ['messageKey'], { unique: true })
@Index('ix_bot_callbacks_bot', ['botId', 'at'])
@Index('ix_bot_callbacks_at', ['at'])
@Index('ix_bot_callbacks_person', ['person'])
export class BotCallbackEntity {
  /** SHA-256 of bot and ciphertext. */
  @Retain({ purpose: 'recognises a repeated callback', personal: false, until: 'idempotency' })
  @PrimaryColumn({ type: 'varchar', length: 43, primaryKeyConstraintName: 'pk_bot_callbacks' })
  id: string

  @Retain({ purpose: 'of which bot', personal: false, until: 'idempotency' })
  @Column({ type: 'varchar', length: 64, name: 'bot_id' })
  botId: string

  /** SHA-256 of bot and msgid; null for what only reads, and for a message sealed a second time. */
  @Retain({ purpose: 'recognises a repeated message', personal: false, until: 'idempotency' })
  @Column({ type: 'varchar', length: 43, name: 'message_key', nullable: true })
  messageKey: string | null

  /** Null: the reply was empty, or is kept no longer; whoever sends the callback again gets an empty one. */
  @Retain({
    purpose: 'what was replied, sealed',
    personal: true,
    until: 'chat',
    sealed: 'reply',
  })
  @Column({ type: 'text', name: 'sealed_reply', nullable: true })
  sealedReply: string | null

  /** As `viewers.lookup`; null where nothing is kept that was replied. */
  @Retain({ purpose: 'whom the reply is for', personal: true, until: 'chat' })
  @Column({ type: 'varchar', length: 43, nullable: true })
  person: string | null

  @Retain({ purpose: 'when; the last callback of a bot', personal: false, until: 'idempotency' })
  @Column(epoch('at'))
  at: number
}
