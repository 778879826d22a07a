import { Column, Entity, PrimaryColumn } from 'typeorm'
import { DAY } from '../../core/time.js'
import { epoch, int64 } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'
import { LONGEST_LIFE_MS } from './token-source.js'

/** One row for each app: its access token, sealed, and the lease of the process that fetches the next. */
@Entity('access_tokens')
@DataPolicy<AccessTokenEntity>({
  until: 'service',
  retention: [
    {
      name: 'access_tokens',
      until: 'token',
      due: [{ since: 'expiresAt', ms: 0, latest: LONGEST_LIFE_MS + DAY }],
      blank: 'envelope',
    },
  ],
})
export class AccessTokenEntity {
  @Purpose('which app the token is of')
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    name: 'app_id',
    primaryKeyConstraintName: 'pk_access_tokens',
  })
  appId: string

  /** Null: never fetched. */
  @Purpose('the access token, sealed', {
    until: 'token',
    sealed: { for: 'access_token', toldTo: 'nobody' },
  })
  @Column({ type: 'text', nullable: true })
  envelope: string | null

  @Purpose('when the token was fetched')
  @Column(epoch('fetched_at'))
  fetchedAt: number

  @Purpose('from when a fresh token is asked for')
  @Column(epoch('refresh_at'))
  refreshAt: number

  @Purpose('when the token ends')
  @Column(epoch('expires_at'))
  expiresAt: number

  @Purpose('which process is fetching')
  @Column({ type: 'varchar', length: 32, name: 'lease_owner', nullable: true })
  leaseOwner: string | null

  @Purpose('until when that process may take')
  @Column(epoch('lease_until'))
  leaseUntil: number

  @Purpose('when a refresh was last forced')
  @Column(epoch('forced_at'))
  forcedAt: number

  /** Days since the epoch in China's time, where WeChat counts its daily quota. */
  @Purpose('the day forced_count is about')
  @Column(int64('forced_day'))
  forcedDay: number

  @Purpose('how often a refresh was forced that day')
  @Column({ type: 'integer', name: 'forced_count' })
  forcedCount: number
}
