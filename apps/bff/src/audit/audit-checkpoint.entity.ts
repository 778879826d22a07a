import { Column, Entity, PrimaryColumn } from 'typeorm'
import { Keep } from '../database/column-tags.js'
import { epoch } from '../database/epoch.js'

/** A signed statement that a chain had this hash at this place. Also logged, so that a copy lies outside. */
@Entity('audit_checkpoints')
export class AuditCheckpointEntity {
  @Keep({ purpose: 'which chain', personal: false, until: 'audit' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'chain_id',
    primaryKeyConstraintName: 'pk_audit_checkpoints',
  })
  chainId: string

  @Keep({ purpose: 'where', personal: false, until: 'audit' })
  @PrimaryColumn({ ...epoch('seq'), primaryKeyConstraintName: 'pk_audit_checkpoints' })
  seq: number

  @Keep({ purpose: 'when', personal: false, until: 'audit' })
  @Column(epoch('at'))
  at: number

  @Keep({ purpose: 'the hash there', personal: false, until: 'audit' })
  @Column({ type: 'varchar', length: 64 })
  hash: string

  @Keep({ purpose: 'signs it', personal: false, until: 'audit' })
  @Column({ type: 'varchar', length: 43 })
  mac: string
}
