import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** A person in an app. The openid or userid is here and nowhere else, sealed. */
@Entity('viewers')
@DataPolicy({ until: 'viewer', erasure: 'delete' })
@Index('ux_viewers_lookup', ['lookup'], { unique: true })
@Index('ux_viewers_code', ['appId', 'code'], { unique: true })
// Administrators' lists: newest first, over all apps or in one.
@Index('ix_viewers_created', ['createdAt', 'id'])
@Index('ix_viewers_app', ['appId', 'createdAt', 'id'])
export class ViewerEntity {
  @Purpose('our own name for the person', { person: 'id' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_viewers' })
  id: string

  @Purpose('which app the person uses', { personal: true })
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  /** Keyed hash of app and openid/userid as it is compared (of earlier versions: as spelled), to find the person again without storing who it is. See `KeyedHash`. */
  @Purpose('to know the person again', { personal: true })
  @Column({ type: 'varchar', length: 43 })
  lookup: string

  @Purpose('the openid or userid, sealed: the platform asks for it', {
    personal: true,
    sealed: { for: 'key', toldTo: 'everybody' },
  })
  @Column({ type: 'text', name: 'sealed_key' })
  sealedKey: string

  /** See `codeOf`. */
  @Purpose('how others tell the person from people with the same name', { personal: true })
  @Column({ type: 'varchar', length: 6, default: '' })
  code: string

  @Purpose('what others call the person, sealed', {
    personal: true,
    sealed: { for: 'name', toldTo: 'everybody' },
  })
  @Column({ type: 'text', name: 'sealed_name', nullable: true })
  sealedName: string | null

  /** `NameSource`; of a person without a name: who was asked. */
  @Purpose('whether the platform or the person said that name', { personal: true })
  @Column({ type: 'varchar', length: 8, name: 'name_from', nullable: true })
  nameFrom: string | null

  @Purpose('when the name is asked for again', { personal: true })
  @Column(epoch('named_at', { nullable: true }))
  namedAt: number | null

  @Purpose('when the person first logged in', { personal: true })
  @Column(epoch('created_at'))
  createdAt: number

  /**
   * Also the row that an opening or a login locks, so that limits per person are exact. An opening on SQLite changes it
   * once a minute.
   */
  @Purpose('when the person was last here', { personal: true })
  @Column(epoch('seen_at'))
  seenAt: number

  /** Null: the person may log in. */
  @Purpose('since when an administrator lets the person do nothing', { personal: true })
  @Column(epoch('blocked_at', { nullable: true }))
  blockedAt: number | null
}
