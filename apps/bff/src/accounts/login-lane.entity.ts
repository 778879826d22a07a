import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { Keep } from '../database/column-tags.js'
import { epoch } from '../database/epoch.js'

/** Counts the guesses that come one way: at a name, from an address, or from a device that logged in before. */
@Entity('admin_login_lanes')
@Index('ix_admin_login_lanes_last_at', ['lastAt'])
export class LoginLaneEntity {
  /** A keyed hash of what is counted: neither names nor addresses are kept. */
  @Keep({ purpose: 'what is counted, hashed', personal: false, until: 'adminLane' })
  @PrimaryColumn({
    type: 'varchar',
    length: 43,
    primaryKeyConstraintName: 'pk_admin_login_lanes',
  })
  lane: string

  @Keep({ purpose: 'how many failed', personal: false, until: 'adminLane' })
  @Column({ type: 'integer' })
  failures: number

  @Keep({ purpose: 'until when none is looked at', personal: false, until: 'adminLane' })
  @Column(epoch('blocked_until'))
  blockedUntil: number

  @Keep({ purpose: 'forgets it a day later', personal: false, until: 'adminLane' })
  @Column(epoch('last_at'))
  lastAt: number
}
