import { Column, Entity, PrimaryColumn } from 'typeorm'
import { Keep } from '../../database/column-tags.js'
import { epoch } from '../../database/epoch.js'

/** Long work that one process at a time may do. */
@Entity('work_leases')
export class WorkLeaseEntity {
  @Keep({ purpose: 'which work', personal: false, until: 'service' })
  @PrimaryColumn({ type: 'varchar', length: 32, primaryKeyConstraintName: 'pk_work_leases' })
  name: string

  @Keep({ purpose: 'which process does it', personal: false, until: 'service' })
  @Column({ type: 'varchar', length: 22, nullable: true })
  owner: string | null

  @Keep({ purpose: 'until when that process may take', personal: false, until: 'service' })
  @Column(epoch('held_until'))
  heldUntil: number
}
