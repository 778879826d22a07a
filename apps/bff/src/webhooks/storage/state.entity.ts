import type { WebhookFailure } from '@sealcard/protocol'
import { Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch, int64 } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** How a webhook does, and which process sends to it. */
@Entity('webhook_states')
@DataPolicy({ until: 'service' })
export class WebhookStateEntity {
  @Purpose('which webhook')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_webhook_states' })
  id: string

  @Purpose('when a message arrived last')
  @Column(epoch('last_success_at', { nullable: true }))
  lastSuccessAt: number | null

  @Purpose('when a message did not arrive last')
  @Column(epoch('last_failure_at', { nullable: true }))
  lastFailureAt: number | null

  @Purpose('why')
  @Column({ type: 'varchar', length: 16, name: 'last_failure', nullable: true })
  lastFailure: WebhookFailure | null

  @Purpose('why, in words')
  @Column({ type: 'varchar', length: 255, name: 'last_failure_cause', nullable: true })
  lastFailureCause: string | null

  /** Tries in a row to which no server answered, or one that could not work. */
  @Purpose('how long it is left alone')
  @Column({ type: 'int' })
  failures: number

  @Purpose('until when it is left alone')
  @Column(epoch('paused_until', { nullable: true }))
  pausedUntil: number | null

  @Purpose('since when it wants no messages')
  @Column(epoch('disabled_at', { nullable: true }))
  disabledAt: number | null

  @Purpose('how many messages did not arrive in time')
  @Column(int64('given_up'))
  givenUp: number

  @Purpose('when that happened last')
  @Column(epoch('last_given_up_at', { nullable: true }))
  lastGivenUpAt: number | null

  @Purpose('which process sends to it')
  @Column({ type: 'varchar', length: 22, name: 'lease_owner', nullable: true })
  leaseOwner: string | null

  @Purpose('until when that process holds it')
  @Column(epoch('lease_until', { nullable: true }))
  leaseUntil: number | null
}
