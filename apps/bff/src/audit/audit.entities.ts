import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, int64 } from '../database/columns.js'
import { DataPolicy, Purpose, type Withheld } from '../database/data-policy.js'

const byOther = ({ actor }: AuditEntryEntity, person: string) => actor !== person

/** An administrator's words and address. */
const ofOthers: Withheld = { because: 'others', when: byOther }
/** A person reads what kind of administrator it was, not which. */
const administrator: Withheld = {
  ...ofOthers,
  instead: (actor) => actor.split(':', 1)[0] ?? '',
}
/** The one refusal does not say which share it was, and why. */
const ownRefusal: Withheld = {
  because: 'proof',
  when: ({ actor, kind, decision }: AuditEntryEntity, person) =>
    actor === person && kind === 'opening' && decision === 'refused',
}

/** One link of a chain. Written once, never changed. People appear as our own ids only. */
@Entity('audit_entries')
// Written once, never changed. When the person's row is gone, the ids lead to no person.
@DataPolicy({ until: 'audit', erasure: 'keep' })
@Index('ix_audit_entries_order', ['at', 'chainId', 'seq'])
@Index('ix_audit_entries_actor', ['actor', 'at', 'chainId', 'seq'])
@Index('ix_audit_entries_subject', ['subject', 'at', 'chainId', 'seq'])
// Most entries are openings, which are found along the order by itself.
@Index('ix_audit_entries_kind', ['kind', 'at', 'chainId', 'seq'], { where: "kind <> 'opening'" })
@Index('ix_audit_entries_actor_kind', ['actor', 'kind', 'at', 'chainId', 'seq'], {
  where: "kind <> 'opening'",
})
export class AuditEntryEntity {
  @Purpose('which process wrote it')
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'chain_id',
    primaryKeyConstraintName: 'pk_audit_entries',
  })
  chainId: string

  /** From 1, without gaps. */
  @Purpose('its place in the chain')
  @PrimaryColumn({ ...int64('seq'), primaryKeyConstraintName: 'pk_audit_entries' })
  seq: number

  @Purpose('when')
  @Column(epoch('at'))
  at: number

  @Purpose('what happened')
  @Column({ type: 'varchar', length: 32 })
  kind: string

  @Purpose('who did it', { person: 'id', withheld: [administrator] })
  @Column({ type: 'varchar', length: 64 })
  actor: string

  @Purpose('to what', { person: 'id', withheld: [ownRefusal] })
  @Column({ type: 'varchar', length: 64 })
  subject: string

  @Purpose('how it was decided')
  @Column({ type: 'varchar', length: 16 })
  decision: string

  @Purpose('why, and from where', { personal: true, withheld: [ofOthers, ownRefusal] })
  @Column({ type: 'varchar', length: 255 })
  reason: string

  @Purpose('ties it to the entry before', { withheld: [{ because: 'chain' }] })
  @Column({ type: 'varchar', length: 64, name: 'prev_hash' })
  prevHash: string

  @Purpose('shows a change of the entry', { withheld: [{ because: 'chain' }] })
  @Column({ type: 'varchar', length: 64 })
  hash: string
}

/** What happened. Ids are ours; a state, activityId, token or openid never appears. */
export interface Fact {
  /** `ACTS` of packages/protocol has words for each. */
  readonly kind: string
  readonly actor: string
  readonly subject: string
  readonly decision: string
  readonly reason?: string
  /** What listeners need to know beyond it. No entry has it. */
  readonly about?: About
}

/** Ids of ours that a fact is about. */
export interface About {
  readonly app: string
  /** Null: of no card, and only the audit may know. */
  readonly cardId?: string | null
  readonly openingId?: string
  readonly requestId?: string
  /** The error that the person got. */
  readonly code?: string
}

/** A chain: one per writing process. Its signed head shows a tail that was cut off. */
@Entity('audit_chains')
@DataPolicy({ until: 'service' })
export class AuditChainEntity {
  @Purpose('names the chain')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_audit_chains' })
  id: string

  @Purpose('orders the chains')
  @Column(epoch('started_at'))
  startedAt: number

  /** The chain it continues and up to where; the first entry's prevHash is that entry's hash. Null for the very first. */
  @Purpose('shows a chain that was removed')
  @Column({ type: 'varchar', length: 22, name: 'follows_id', nullable: true })
  followsId: string | null

  @Purpose('shows a chain that was removed')
  @Column(int64('follows_seq', { nullable: true }))
  followsSeq: number | null

  @Purpose('signs head and checkpoints, sealed', { sealed: { for: 'key', toldTo: 'nobody' } })
  @Column({ type: 'text', name: 'sealed_key' })
  sealedKey: string

  @Purpose('the last entry')
  @Column(int64('head_seq'))
  headSeq: number

  @Purpose('the last entry')
  @Column({ type: 'varchar', length: 64, name: 'head_hash' })
  headHash: string

  @Purpose('signs the last entry')
  @Column({ type: 'varchar', length: 43, name: 'head_mac' })
  headMac: string
}

/** A signed statement that a chain had this hash at this place. Also logged, so that a copy lies outside. */
@Entity('audit_checkpoints')
@DataPolicy({ until: 'audit' })
export class AuditCheckpointEntity {
  @Purpose('which chain')
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'chain_id',
    primaryKeyConstraintName: 'pk_audit_checkpoints',
  })
  chainId: string

  @Purpose('where')
  @PrimaryColumn({ ...int64('seq'), primaryKeyConstraintName: 'pk_audit_checkpoints' })
  seq: number

  @Purpose('when')
  @Column(epoch('at'))
  at: number

  @Purpose('the hash there')
  @Column({ type: 'varchar', length: 64 })
  hash: string

  @Purpose('signs it')
  @Column({ type: 'varchar', length: 43 })
  mac: string
}
