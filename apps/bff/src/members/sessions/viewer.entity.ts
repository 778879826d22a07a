import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'

/** A person in an app. The openid or userid is here and nowhere else, sealed. */
@Entity('viewers')
@Index('ux_viewers_lookup', ['lookup'], { unique: true })
export class ViewerEntity {
  @Retain({ purpose: 'our own name for the person', personal: true, until: 'viewer' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_viewers' })
  id: string

  @Retain({ purpose: 'which app the person uses', personal: true, until: 'viewer' })
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  /** Keyed hash of app and openid/userid as it is compared (of earlier versions: as spelled), to find the person again without storing who it is. See `KeyedHash`. */
  @Retain({ purpose: 'to know the person again', personal: true, until: 'viewer' })
  @Column({ type: 'varchar', length: 43 })
  lookup: string

  @Retain({
    purpose: 'the openid or userid, sealed: the platform asks for it',
    personal: true,
    until: 'viewer',
    sealed: 'key',
    toldTo: 'everybody',
  })
  @Column({ type: 'text', name: 'sealed_key' })
  sealedKey: string

  @Retain({ purpose: 'when the person first logged in', personal: true, until: 'viewer' })
  @Column(epoch('created_at'))
  createdAt: number

  /** Also the row that an opening or a login locks, so that limits per person are exact. */
  @Retain({ purpose: 'when the person was last here', personal: true, until: 'viewer' })
  @Column(epoch('seen_at'))
  seenAt: number
}
