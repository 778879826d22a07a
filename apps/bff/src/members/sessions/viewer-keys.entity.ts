import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { DAY } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'
import { SESSION_MS } from './session.entity.js'

/**
 * The platform's session_key of a viewer. The platform keeps one for each person and app, on all devices. So it belongs
 * to the viewer, not to a session of ours.
 */
@Entity('viewer_keys')
@DataPolicy<ViewerKeysEntity>({
  until: 'sessionKey',
  // Previous keys have minutes, not days: the job `previous-keys` erases them.
  retention: [
    { name: 'session_keys', due: [{ since: 'expiresAt', ms: 0, latest: SESSION_MS + DAY }] },
  ],
  erasure: 'delete',
})
@Index('ix_viewer_keys_expires_at', ['expiresAt'])
@Index('ix_viewer_keys_previous_until', ['previousUntil'])
export class ViewerKeysEntity {
  @Purpose('whose keys', { person: 'id' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_viewer_keys',
  })
  viewerId: string

  @Purpose('opens the proofs of this person, sealed', {
    personal: true,
    sealed: { for: 'current_key', toldTo: 'nobody' },
  })
  @Column({ type: 'text', name: 'current_key' })
  currentKey: string

  @Purpose('the key before it, sealed: a proof may be on its way', {
    personal: true,
    sealed: { for: 'previous_key', toldTo: 'nobody' },
  })
  @Column({ type: 'text', name: 'previous_key', nullable: true })
  previousKey: string | null

  @Purpose('until when the previous key counts', { personal: true })
  @Column(epoch('previous_until', { nullable: true }))
  previousUntil: number | null

  @Purpose('when the keys are deleted at the latest', { personal: true })
  @Column(epoch('expires_at'))
  expiresAt: number
}
