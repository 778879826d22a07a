import { Column, Entity, PrimaryColumn } from 'typeorm'
import { Keep } from '../database/column-tags.js'
import { epoch } from '../database/epoch.js'

/** A chain: one per writing process. Its signed head shows a tail that was cut off. */
@Entity('audit_chains')
export class AuditChainEntity {
  @Keep({ purpose: 'names the chain', personal: false, until: 'service' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_audit_chains' })
  id: string

  @Keep({ purpose: 'orders the chains', personal: false, until: 'service' })
  @Column(epoch('started_at'))
  startedAt: number

  /** The chain it continues and up to where; the first entry's prevHash is that entry's hash. Null for the very first. */
  @Keep({ purpose: 'shows a chain that was removed', personal: false, until: 'service' })
  @Column({ type: 'varchar', length: 22, name: 'follows_id', nullable: true })
  followsId: string | null

  @Keep({ purpose: 'shows a chain that was removed', personal: false, until: 'service' })
  @Column(epoch('follows_seq', { nullable: true }))
  followsSeq: number | null

  @Keep({
    purpose: 'signs head and checkpoints, sealed',
    personal: false,
    until: 'service',
    sealed: 'key',
  })
  @Column({ type: 'text', name: 'sealed_key' })
  sealedKey: string

  @Keep({ purpose: 'the last entry', personal: false, until: 'service' })
  @Column(epoch('head_seq'))
  headSeq: number

  @Keep({ purpose: 'the last entry', personal: false, until: 'service' })
  @Column({ type: 'varchar', length: 64, name: 'head_hash' })
  headHash: string

  @Keep({ purpose: 'signs the last entry', personal: false, until: 'service' })
  @Column({ type: 'varchar', length: 43, name: 'head_mac' })
  headMac: string
}
