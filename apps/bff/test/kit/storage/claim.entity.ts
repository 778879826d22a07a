import { Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch } from '../../../src/database/columns.js'
import { DataPolicy, Purpose } from '../../../src/database/data-policy.js'

/** A row that is claimed by inserting it and used up by a conditional update. */
@Entity('claims')
@DataPolicy({ until: 'service' })
export class ClaimEntity {
  @Purpose('a test')
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    primaryKeyConstraintName: 'pk_claims',
  })
  id: string

  @Purpose('a test')
  @Column({ type: 'varchar', length: 16 })
  state: string

  @Purpose('a test')
  @Column(epoch('claimed_at'))
  claimedAt: number
}
