import { Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../columns.js'

/** A random key of this deployment, made once and sealed; a new keyring rewraps it, its value stays. */
@Entity('peppers')
export class HashKeyEntity {
  @Retain({ purpose: 'what the key is for', personal: false, until: 'service' })
  @PrimaryColumn({ type: 'varchar', length: 32, primaryKeyConstraintName: 'pk_peppers' })
  name: string

  @Retain({ purpose: 'the key, sealed', personal: false, until: 'service', sealed: 'key' })
  @Column({ type: 'text', name: 'sealed_key' })
  sealedKey: string

  @Retain({ purpose: 'when it was made', personal: false, until: 'service' })
  @Column(epoch('created_at'))
  createdAt: number
}
