import { Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch } from '../columns.js'
import { DataPolicy, Purpose } from '../data-policy.js'

/** A random key of this deployment, made once and sealed; a new keyring rewraps it, its value stays. */
@Entity('peppers')
@DataPolicy({ until: 'service' })
export class HashKeyEntity {
  @Purpose('what the key is for')
  @PrimaryColumn({ type: 'varchar', length: 32, primaryKeyConstraintName: 'pk_peppers' })
  name: string

  @Purpose('the key, sealed', { sealed: { for: 'key', toldTo: 'nobody' } })
  @Column({ type: 'text', name: 'sealed_key' })
  sealedKey: string

  @Purpose('when it was made')
  @Column(epoch('created_at'))
  createdAt: number
}
