import { Column, Entity, In, Index, PrimaryColumn } from 'typeorm'
import { HOUR } from '../../core/time.js'
import { epoch, int64 } from '../../database/columns.js'
import { DataPolicy, Purpose, WITHIN_A_DAY } from '../../database/data-policy.js'

/** `waiting` until the work is done or given up. */
export type JobState = 'waiting' | 'done' | 'failed'

/**
 * How the answer reaches the person: the platform polls the `stream`, or we send it `later`, once. `sending` is durable
 * before the request leaves, so that no process sends it again after a crash. `over`: delivered, or lost.
 */
export type Delivery = 'stream' | 'later' | 'sending' | 'over'

const finished = {
  text: 'its work is over',
  where: () => ({ state: In<JobState>(['done', 'failed']) }),
}

/** Work that takes longer than its callback may wait. */
@Entity('bot_jobs')
@DataPolicy<BotJobEntity>({
  until: 'idempotency',
  retention: [
    // An answer is at most an hour old when it is delivered.
    {
      name: 'bot_finished_jobs',
      until: 'chat',
      due: [{ since: 'createdAt', ms: WITHIN_A_DAY, and: finished }],
    },
    { name: 'bot_jobs', due: [{ since: 'createdAt', ms: 48 * HOUR }] },
  ],
  erasure: 'delete',
})
@Index('ux_bot_jobs_order', ['chatKey', 'seq'], { unique: true })
@Index('ix_bot_jobs_due', ['state', 'nextAt'])
@Index('ix_bot_jobs_delivery', ['delivery', 'deliverAt'])
@Index('ix_bot_jobs_created_at', ['createdAt'])
@Index('ix_bot_jobs_person', ['person'])
export class BotJobEntity {
  /** Also the id of the stream that shows its progress. */
  @Purpose('names the job')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_bot_jobs' })
  id: string

  @Purpose('of which bot')
  @Column({ type: 'varchar', length: 64, name: 'bot_id' })
  botId: string

  /** Keyed hash of bot and chat. */
  @Purpose('one at a time in a chat, in order', { personal: true })
  @Column({ type: 'varchar', length: 43, name: 'chat_key' })
  chatKey: string

  /** As `viewers.lookup`; null in rows older than this column. */
  @Purpose('who asked', {
    until: 'chat',
    person: { table: 'viewers', column: 'lookup', person: 'id' },
  })
  @Column({ type: 'varchar', length: 43, nullable: true })
  person: string | null

  @Purpose('its place in the chat')
  @Column(int64('seq'))
  seq: number

  @Purpose('what was asked, sealed', {
    personal: true,
    until: 'chat',
    sealed: { for: 'message', toldTo: 'nobody' },
  })
  @Column({ type: 'text', name: 'sealed_message' })
  sealedMessage: string

  /** Null until the work is done. */
  @Purpose('what is answered, sealed', {
    personal: true,
    until: 'chat',
    sealed: { for: 'answer', toldTo: 'nobody' },
  })
  @Column({ type: 'text', name: 'sealed_answer', nullable: true })
  sealedAnswer: string | null

  @Purpose('whether the work is done')
  @Column({ type: 'varchar', length: 8 })
  state: JobState

  @Purpose('how often it was tried')
  @Column({ type: 'int' })
  attempts: number

  @Purpose('when it is tried next')
  @Column(epoch('next_at'))
  nextAt: number

  @Purpose('which process works on it')
  @Column({ type: 'varchar', length: 22, name: 'lease_owner', nullable: true })
  leaseOwner: string | null

  @Purpose('until when that process holds it')
  @Column(epoch('lease_until'))
  leaseUntil: number

  @Purpose('how the answer is delivered')
  @Column({ type: 'varchar', length: 8 })
  delivery: Delivery

  @Purpose('when it is delivered at the earliest')
  @Column(epoch('deliver_at'))
  deliverAt: number

  @Purpose('the hour to answer counts from here')
  @Column(epoch('created_at'))
  createdAt: number
}
