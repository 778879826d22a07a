import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'

/**
 * The platform's session_key of a viewer. The platform keeps one per person and app, whatever the device, so it hangs
 * on the viewer and not on one of our sessions.
 */
@Entity('viewer_keys')
@Index('ix_viewer_keys_expires_at', ['expiresAt'])
@Index('ix_viewer_keys_previous_until', ['previousUntil'])
export class ViewerKeysEntity {
  @Retain({ purpose: 'whose keys', personal: true, until: 'sessionKey' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_viewer_keys',
  })
  viewerId: string

  @Retain({
    purpose: 'opens the proofs of this person, sealed',
    personal: true,
    until: 'sessionKey',
    sealed: 'current_key',
  })
  @Column({ type: 'text', name: 'current_key' })
  currentKey: string

  @Retain({
    purpose: 'the key before it, sealed: a proof may be on its way',
    personal: true,
    until: 'sessionKey',
    sealed: 'previous_key',
  })
  @Column({ type: 'text', name: 'previous_key', nullable: true })
  previousKey: string | null

  @Retain({ purpose: 'until when the previous key counts', personal: true, until: 'sessionKey' })
  @Column(epoch('previous_until', { nullable: true }))
  previousUntil: number | null

  @Retain({
    purpose: 'when the keys are deleted at the latest',
    personal: true,
    until: 'sessionKey',
  })
  @Column(epoch('expires_at'))
  expiresAt: number
}
