import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { MINUTE } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** Twice as long as the platform's code is good. */
export const WEB_LOGIN_MS = 10 * MINUTE

/** A login in a web page that was begun. The browser that comes back from the platform must be the one that began it. */
@Entity('web_logins')
@DataPolicy<WebLoginEntity>({
  until: 'webLogin',
  retention: [
    {
      name: 'web_logins',
      due: [{ since: 'expiresAt', ms: 0, latest: WEB_LOGIN_MS + CLOCK_SKEW_MS }],
    },
  ],
})
@Index('ix_web_logins_expires_at', ['expiresAt'])
export class WebLoginEntity {
  @Purpose('finds the login that a state belongs to: its SHA-256')
  @PrimaryColumn({
    type: 'varchar',
    length: 43,
    name: 'state_hash',
    primaryKeyConstraintName: 'pk_web_logins',
  })
  stateHash: string

  @Purpose('which browser began it: the SHA-256 of its cookie')
  @Column({ type: 'varchar', length: 43, name: 'browser_hash' })
  browserHash: string

  @Purpose('in which app')
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  /** A path of ours, at most with the id of a share, which proves nothing. */
  @Purpose('to which page the browser goes afterwards')
  @Column({ type: 'varchar', length: 1024, name: 'return_to' })
  returnTo: string

  @Purpose('whether it was begun by the platform’s client or by another browser')
  @Column({ type: 'varchar', length: 8 })
  via: 'client' | 'web'

  /** 2 and more: begun by us, because one before it failed. */
  @Purpose('so that a login that fails begins only once more')
  @Column({ type: 'integer' })
  attempt: number

  @Purpose('until when its browser may come back')
  @Column(epoch('expires_at'))
  expiresAt: number

  @Purpose('when its browser came back: it counts once')
  @Column(epoch('used_at', { nullable: true }))
  usedAt: number | null
}
