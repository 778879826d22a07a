import { Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'

/** One row for each app: its access token, sealed, and the lease of whoever is fetching the next. */
@Entity('access_tokens')
export class AccessTokenEntity {
  @Retain({ purpose: 'which app the token is of', personal: false, until: 'service' })
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    name: 'app_id',
    primaryKeyConstraintName: 'pk_access_tokens',
  })
  appId: string

  /** Null: never fetched. */
  @Retain({
    purpose: 'the access token, sealed',
    personal: false,
    until: 'token',
    sealed: 'access_token',
  })
  @Column({ type: 'text', nullable: true })
  envelope: string | null

  @Retain({ purpose: 'when the token was fetched', personal: false, until: 'service' })
  @Column(epoch('fetched_at'))
  fetchedAt: number

  @Retain({ purpose: 'from when a fresh token is asked for', personal: false, until: 'service' })
  @Column(epoch('refresh_at'))
  refreshAt: number

  @Retain({ purpose: 'when the token ends', personal: false, until: 'service' })
  @Column(epoch('expires_at'))
  expiresAt: number

  @Retain({ purpose: 'which process is fetching', personal: false, until: 'service' })
  @Column({ type: 'varchar', length: 32, name: 'lease_owner', nullable: true })
  leaseOwner: string | null

  @Retain({ purpose: 'until when that process may take', personal: false, until: 'service' })
  @Column(epoch('lease_until'))
  leaseUntil: number

  @Retain({ purpose: 'when a refresh was last forced', personal: false, until: 'service' })
  @Column(epoch('forced_at'))
  forcedAt: number

  /** Days since the epoch in China's time, where WeChat counts its daily quota. */
  @Retain({ purpose: 'the day forced_count is about', personal: false, until: 'service' })
  @Column(epoch('forced_day'))
  forcedDay: number

  @Retain({ purpose: 'how often a refresh was forced that day', personal: false, until: 'service' })
  @Column({ type: 'integer', name: 'forced_count' })
  forcedCount: number
}
