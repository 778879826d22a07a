import { Column, Entity, Index, IsNull, MoreThan, Not, PrimaryColumn } from 'typeorm'
import { CLOCK_SKEW_MS } from '../core/ports/clock.js'
import { HOUR, MINUTE } from '../core/time.js'
import { epoch } from '../database/columns.js'
import { DataPolicy, Purpose } from '../database/data-policy.js'

/** NIST 800-63B AAL2: 12 hours whatever happens, 30 minutes without a request. */
export const ABSOLUTE_MS = 12 * HOUR
export const IDLE_MS = 30 * MINUTE
/** A login that lies further ahead was written by a wrong clock. How long it has idled is unknown, so it is over. */
export const AHEAD_MS = CLOCK_SKEW_MS

/** An administrator's login. Of the cookie only the SHA-256 is kept, and the CSRF token follows from the cookie. */
@Entity('admin_sessions')
@DataPolicy<AdminSessionEntity>({
  until: 'adminSession',
  retention: [
    {
      name: 'admin_sessions',
      due: [
        { since: 'createdAt', ms: ABSOLUTE_MS, latest: AHEAD_MS },
        { text: 'ended', where: () => ({ endedAt: Not(IsNull()) }) },
        // See AHEAD_MS. A row that stays counts again when it is that late.
        {
          text: 'seen in the future',
          where: (now) => ({ seenAt: MoreThan(now + AHEAD_MS) }),
        },
      ],
    },
  ],
  administrators: true,
})
@Index('ux_admin_sessions_token_hash', ['tokenHash'], { unique: true })
@Index('ix_admin_sessions_account_id', ['accountId'])
@Index('ix_admin_sessions_created_at', ['createdAt'])
export class AdminSessionEntity {
  @Purpose('names the login in the audit', { personal: true })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_admin_sessions' })
  id: string

  @Purpose('finds the login of a cookie', { personal: true })
  @Column({ type: 'varchar', length: 43, name: 'token_hash' })
  tokenHash: string

  @Purpose('who is logged in', { personal: true })
  @Column({ type: 'varchar', length: 22, name: 'account_id' })
  accountId: string

  @Purpose('ends it after 12 hours', { personal: true })
  @Column(epoch('created_at'))
  createdAt: number

  @Purpose('ends it after 30 idle minutes', { personal: true })
  @Column(epoch('seen_at'))
  seenAt: number

  @Purpose('when it was ended before that', { personal: true })
  @Column(epoch('ended_at', { nullable: true }))
  endedAt: number | null
}
