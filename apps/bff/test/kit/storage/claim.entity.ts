import { Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../../src/database/columns.js'

const tag = { purpose: 'a test', personal: false, until: 'service' } as const

/** A row that is claimed by inserting it and used up by a conditional update. */
@Entity('claims')
export class ClaimEntity {
  @Retain(tag)
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    primaryKeyConstraintName: 'pk_claims',
  })
  id: string

  @Retain(tag)
  @Column({ type: 'varchar', length: 16 })
  state: string

  @Retain(tag)
  @Column(epoch('claimed_at'))
  claimedAt: number
}
