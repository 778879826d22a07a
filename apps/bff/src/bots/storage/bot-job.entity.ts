import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'

/** `waiting` until its work is done, or given up. */
export type JobState = 'waiting' | 'done' | 'failed'

/**
 * How the answer reaches the person: the platform asks for the `stream`; or we send it `later`, once. `sending` is
 * written before the request leaves, so that after a crash nobody sends it a second time. `over`: delivered, or lost.
 */
export type Delivery = 'stream' | 'later' | 'sending' | 'over'

/** Work that outlasts its callback. */
@Entity('bot_jobs')
@Index('ux_bot_jobs_order', ['chatKey', 'seq'], { unique: true })
@Index('ix_bot_jobs_due', ['state', 'nextAt'])
@Index('ix_bot_jobs_delivery', ['delivery', 'deliverAt'])
@Index('ix_bot_jobs_created_at', ['createdAt'])
@Index('ix_bot_jobs_person', ['person'])
export class BotJobEntity {
  /** Also the id of the stream that shows its progress. */
  @Retain({ purpose: 'names the job', personal: false, until: 'idempotency' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_bot_jobs' })
  id: string

  @Retain({ purpose: 'of which bot', personal: false, until: 'idempotency' })
  @Column({ type: 'varchar', length: 64, name: 'bot_id' })
  botId: string

  /** Keyed hash of bot and chat. */
  @Retain({ purpose: 'one at a time in a chat, in order', personal: true, until: 'idempotency' })
  @Column({ type: 'varchar', length: 43, name: 'chat_key' })
  chatKey: string

  /** As `viewers.lookup`; null in a row that is older than this column. */
  @Retain({ purpose: 'who asked', personal: true, until: 'chat' })
  @Column({ type: 'varchar', length: 43, nullable: true })
  person: string | null

  @Retain({ purpose: 'its place in the chat', personal: false, until: 'idempotency' })
  @Column(epoch('seq'))
  seq: number

  @Retain({
    purpose: 'what was asked, sealed',
    personal: true,
    until: 'chat',
    sealed: 'message',
  })
  @Column({ type: 'text', name: 'sealed_message' })
  sealedMessage: string

  /** Null until there is one. */
  @Retain({
    purpose: 'what is answered, sealed',
    personal: true,
    until: 'chat',
    sealed: 'answer',
  })
  @Column({ type: 'text', name: 'sealed_answer', nullable: true })
  sealedAnswer: string | null

  @Retain({ purpose: 'whether the work is done', personal: false, until: 'idempotency' })
  @Column({ type: 'varchar', length: 8 })
  state: JobState

  @Retain({ purpose: 'how often it was tried', personal: false, until: 'idempotency' })
  @Column({ type: 'int' })
  attempts: number

  @Retain({ purpose: 'when it is tried next', personal: false, until: 'idempotency' })
  @Column(epoch('next_at'))
  nextAt: number

  @Retain({ purpose: 'which process works on it', personal: false, until: 'idempotency' })
  @Column({ type: 'varchar', length: 22, name: 'lease_owner', nullable: true })
  leaseOwner: string | null

  @Retain({ purpose: 'until when that process holds it', personal: false, until: 'idempotency' })
  @Column(epoch('lease_until'))
  leaseUntil: number

  @Retain({ purpose: 'how the answer is delivered', personal: false, until: 'idempotency' })
  @Column({ type: 'varchar', length: 8 })
  delivery: Delivery

  @Retain({
    purpose: 'when it is delivered at the earliest',
    personal: false,
    until: 'idempotency',
  })
  @Column(epoch('deliver_at'))
  deliverAt: number

  @Retain({ purpose: 'the hour to answer counts from here', personal: false, until: 'idempotency' })
  @Column(epoch('created_at'))
  createdAt: number
}
