import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { Keep } from '../database/column-tags.js'
import { epoch } from '../database/epoch.js'

/** One link of a chain. Written once, never changed. People appear as our own ids only. */
@Entity('audit_entries')
@Index('ix_audit_entries_order', ['at', 'chainId', 'seq'])
@Index('ix_audit_entries_actor', ['actor', 'at', 'chainId', 'seq'])
@Index('ix_audit_entries_subject', ['subject', 'at', 'chainId', 'seq'])
// Most entries are openings, which are found along the order by itself.
@Index('ix_audit_entries_kind', ['kind', 'at', 'chainId', 'seq'], { where: "kind <> 'opening'" })
@Index('ix_audit_entries_actor_kind', ['actor', 'kind', 'at', 'chainId', 'seq'], {
  where: "kind <> 'opening'",
})
export class AuditEntryEntity {
  @Keep({ purpose: 'which process wrote it', personal: false, until: 'audit' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'chain_id',
    primaryKeyConstraintName: 'pk_audit_entries',
  })
  chainId: string

  /** From 1, without gaps. */
  @Keep({ purpose: 'its place in the chain', personal: false, until: 'audit' })
  @PrimaryColumn({ ...epoch('seq'), primaryKeyConstraintName: 'pk_audit_entries' })
  seq: number

  @Keep({ purpose: 'when', personal: false, until: 'audit' })
  @Column(epoch('at'))
  at: number

  @Keep({ purpose: 'what happened', personal: false, until: 'audit' })
  @Column({ type: 'varchar', length: 32 })
  kind: string

  @Keep({ purpose: 'who did it', personal: true, until: 'audit' })
  @Column({ type: 'varchar', length: 64 })
  actor: string

  @Keep({ purpose: 'to what', personal: true, until: 'audit' })
  @Column({ type: 'varchar', length: 64 })
  subject: string

  @Keep({ purpose: 'how it was decided', personal: false, until: 'audit' })
  @Column({ type: 'varchar', length: 16 })
  decision: string

  @Keep({ purpose: 'why, and from where', personal: true, until: 'audit' })
  @Column({ type: 'varchar', length: 255 })
  reason: string

  @Keep({ purpose: 'ties it to the entry before', personal: false, until: 'audit' })
  @Column({ type: 'varchar', length: 64, name: 'prev_hash' })
  prevHash: string

  @Keep({ purpose: 'shows a change of the entry', personal: false, until: 'audit' })
  @Column({ type: 'varchar', length: 64 })
  hash: string
}
