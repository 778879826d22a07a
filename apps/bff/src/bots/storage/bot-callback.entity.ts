import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { HOUR } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose, WITHIN_A_DAY } from '../../database/data-policy.js'

/** A callback that was handled, with its reply. A repetition gets the same reply, and has no effects. */
@Entity('bot_callbacks')
@DataPolicy<BotCallbackEntity>({
  until: 'idempotency',
  retention: [
    // A reply holds titles of cards. Without it a repeated callback is still recognised, and gets an empty reply.
    {
      name: 'bot_replies',
      until: 'chat',
      due: [{ since: 'at', ms: WITHIN_A_DAY }],
      blank: 'sealedReply',
    },
    { name: 'bot_callbacks', due: [{ since: 'at', ms: 48 * HOUR }] },
  ],
  // The rest of the row is about no person, and a repeated callback must not be handled again.
  erasure: 'columns',
})
@Index('ux_bot_callbacks_message', ['messageKey'], { unique: true })
@Index('ix_bot_callbacks_bot', ['botId', 'at'])
@Index('ix_bot_callbacks_at', ['at'])
@Index('ix_bot_callbacks_person', ['person'])
export class BotCallbackEntity {
  /** SHA-256 of bot and ciphertext. */
  @Purpose('recognises a repeated callback')
  @PrimaryColumn({ type: 'varchar', length: 43, primaryKeyConstraintName: 'pk_bot_callbacks' })
  id: string

  @Purpose('of which bot')
  @Column({ type: 'varchar', length: 64, name: 'bot_id' })
  botId: string

  /** SHA-256 of bot and msgid; null for a poll, and for a message in a second ciphertext. */
  @Purpose('recognises a repeated message')
  @Column({ type: 'varchar', length: 43, name: 'message_key', nullable: true })
  messageKey: string | null

  /** Null: the reply was empty, or is deleted by now. A repetition gets an empty reply. */
  @Purpose('what was replied, sealed', {
    personal: true,
    until: 'chat',
    sealed: { for: 'reply', toldTo: 'nobody' },
    erased: 'null',
  })
  @Column({ type: 'text', name: 'sealed_reply', nullable: true })
  sealedReply: string | null

  /** As `viewers.lookup`; null where no reply is stored. */
  @Purpose('whom the reply is for', {
    until: 'chat',
    person: { table: 'viewers', column: 'lookup', person: 'id' },
    erased: 'null',
  })
  @Column({ type: 'varchar', length: 43, nullable: true })
  person: string | null

  @Purpose('when; the last callback of a bot')
  @Column(epoch('at'))
  at: number
}
