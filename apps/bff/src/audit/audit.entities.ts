import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../database/columns.js'

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
  @Retain({ purpose: 'which process wrote it', personal: false, until: 'audit' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'chain_id',
    primaryKeyConstraintName: 'pk_audit_entries',
  })
  chainId: string

  /** From 1, without gaps. */
  @Retain({ purpose: 'its place in the chain', personal: false, until: 'audit' })
  @PrimaryColumn({ ...epoch('seq'), primaryKeyConstraintName: 'pk_audit_entries' })
  seq: number

  @Retain({ purpose: 'when', personal: false, until: 'audit' })
  @Column(epoch('at'))
  at: number

  @Retain({ purpose: 'what happened', personal: false, until: 'audit' })
  @Column({ type: 'varchar', length: 32 })
  kind: string

  @Retain({ purpose: 'who did it', personal: true, until: 'audit' })
  @Column({ type: 'varchar', length: 64 })
  actor: string

  @Retain({ purpose: 'to what', personal: true, until: 'audit' })
  @Column({ type: 'varchar', length: 64 })
  subject: string

  @Retain({ purpose: 'how it was decided', personal: false, until: 'audit' })
  @Column({ type: 'varchar', length: 16 })
  decision: string

  @Retain({ purpose: 'why, and from where', personal: true, until: 'audit' })
  @Column({ type: 'varchar', length: 255 })
  reason: string

  @Retain({ purpose: 'ties it to the entry before', personal: false, until: 'audit' })
  @Column({ type: 'varchar', length: 64, name: 'prev_hash' })
  prevHash: string

  @Retain({ purpose: 'shows a change of the entry', personal: false, until: 'audit' })
  @Column({ type: 'varchar', length: 64 })
  hash: string
}

/** What happened. Ids are ours; a state, activityId, token or openid never appears. */
export interface Fact {
  readonly kind: string
  readonly actor: string
  readonly subject: string
  readonly decision: string
  readonly reason?: string
}

/** A chain: one per writing process. Its signed head shows a tail that was cut off. */
@Entity('audit_chains')
export class AuditChainEntity {
  @Retain({ purpose: 'names the chain', personal: false, until: 'service' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_audit_chains' })
  id: string

  @Retain({ purpose: 'orders the chains', personal: false, until: 'service' })
  @Column(epoch('started_at'))
  startedAt: number

  /** The chain it continues and up to where; the first entry's prevHash is that entry's hash. Null for the very first. */
  @Retain({ purpose: 'shows a chain that was removed', personal: false, until: 'service' })
  @Column({ type: 'varchar', length: 22, name: 'follows_id', nullable: true })
  followsId: string | null

  @Retain({ purpose: 'shows a chain that was removed', personal: false, until: 'service' })
  @Column(epoch('follows_seq', { nullable: true }))
  followsSeq: number | null

  @Retain({
    purpose: 'signs head and checkpoints, sealed',
    personal: false,
    until: 'service',
    sealed: 'key',
  })
  @Column({ type: 'text', name: 'sealed_key' })
  sealedKey: string

  @Retain({ purpose: 'the last entry', personal: false, until: 'service' })
  @Column(epoch('head_seq'))
  headSeq: number

  @Retain({ purpose: 'the last entry', personal: false, until: 'service' })
  @Column({ type: 'varchar', length: 64, name: 'head_hash' })
  headHash: string

  @Retain({ purpose: 'signs the last entry', personal: false, until: 'service' })
  @Column({ type: 'varchar', length: 43, name: 'head_mac' })
  headMac: string
}

/** A signed statement that a chain had this hash at this place. Also logged, so that a copy lies outside. */
@Entity('audit_checkpoints')
export class AuditCheckpointEntity {
  @Retain({ purpose: 'which chain', personal: false, until: 'audit' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'chain_id',
    primaryKeyConstraintName: 'pk_audit_checkpoints',
  })
  chainId: string

  @Retain({ purpose: 'where', personal: false, until: 'audit' })
  @PrimaryColumn({ ...epoch('seq'), primaryKeyConstraintName: 'pk_audit_checkpoints' })
  seq: number

  @Retain({ purpose: 'when', personal: false, until: 'audit' })
  @Column(epoch('at'))
  at: number

  @Retain({ purpose: 'the hash there', personal: false, until: 'audit' })
  @Column({ type: 'varchar', length: 64 })
  hash: string

  @Retain({ purpose: 'signs it', personal: false, until: 'audit' })
  @Column({ type: 'varchar', length: 43 })
  mac: string
}
