import { Column, Entity, Index, PrimaryColumn, Raw } from 'typeorm'
import { DAY } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose, type Withheld } from '../../database/data-policy.js'
import type { Reason } from '../cards/decide.js'

/** `rejected`: refused before the viewer was a proven recipient. */
export type Outcome = 'granted' | 'refused' | 'rejected'

/** The one refusal does not say this, so the copy does not say it either. */
const rejected: Withheld = {
  because: 'proof',
  when: ({ outcome }: OpeningEntity) => outcome === 'rejected',
}

/** One attempt to open a card, decided and recorded. */
@Entity('openings')
@DataPolicy<OpeningEntity>({
  until: 'opening',
  // Rejected ones count against the limits for one hour.
  retention: [{ name: 'openings', due: [{ since: 'at', ms: 180 * DAY }] }],
  erasure: 'columns',
})
// Only what limits a session. It holds no granted opening.
@Index('ix_openings_session', ['sessionId', 'at'], { where: "outcome = 'rejected'" })
@Index('ix_openings_order', ['at', 'id'])
@Index('ix_openings_outcome', ['outcome', 'at', 'id'])
@Index('ix_openings_of_viewer', ['viewerId', 'outcome', 'at', 'id'])
@Index('ix_openings_of_card', ['cardId', 'outcome', 'at', 'id'])
export class OpeningEntity {
  @Purpose('names the opening')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_openings' })
  id: string

  /** Null where the request named no share of the viewer's app. */
  @Purpose('what was to be opened', { personal: true, withheld: [rejected] })
  @Column({ type: 'varchar', length: 22, name: 'share_id', nullable: true })
  shareId: string | null

  @Purpose('what was to be opened', { personal: true, withheld: [rejected] })
  @Column({ type: 'varchar', length: 22, name: 'card_id', nullable: true })
  cardId: string | null

  @Purpose('who tried; limits per person', { person: 'id', erased: 'pseudonym' })
  @Column({ type: 'varchar', length: 22, name: 'viewer_id' })
  viewerId: string

  @Purpose('limits per session', { personal: true, erased: 'pseudonym' })
  @Column({ type: 'varchar', length: 22, name: 'session_id' })
  sessionId: string

  @Purpose('how it was decided', { personal: true })
  @Column({ type: 'varchar', length: 8 })
  outcome: Outcome

  @Purpose('why it was refused', { personal: true, withheld: [rejected] })
  @Column({ type: 'varchar', length: 32, nullable: true })
  reason: Reason | null

  @Purpose('when', { personal: true })
  @Column(epoch('at'))
  at: number
}

/**
 * Without its share no proof is accepted. With it, a used proof must be known as long as any clock may still be inside
 * the verify window. So a proof never goes before its share, whatever a wrong clock says.
 */
const shareIsGone = {
  text: 'no share is left with that verify window',
  where: () => ({
    expiresAt: Raw(
      (column) => `NOT EXISTS (SELECT 1 FROM shares WHERE shares.verify_until = ${column})`,
    ),
  }),
}

/** A proof that was used. The row's key is the claim: a second insert is a replay. */
@Entity('proofs')
@DataPolicy<ProofEntity>({
  until: 'proof',
  retention: [
    {
      name: 'proofs',
      due: [{ since: 'expiresAt', ms: 31 * DAY, and: shareIsGone }],
      after: 'shares',
    },
  ],
  // Without the row the proof works a second time. Only the opening says whose it was.
  erasure: 'keep',
})
@Index('ix_proofs_expires_at', ['expiresAt'])
export class ProofEntity {
  /** `proofName`; in rows of earlier versions `formerProofName`. */
  @Purpose('recognises a proof used before')
  @PrimaryColumn({ type: 'varchar', length: 43, primaryKeyConstraintName: 'pk_proofs' })
  digest: string

  /** Whose opening it is says who may send the proof again. */
  @Purpose('what it opened, and for whom', {
    person: { table: 'openings', column: 'id', person: 'viewer_id' },
  })
  @Column({ type: 'varchar', length: 22, name: 'opening_id' })
  openingId: string

  @Purpose('for how long it may be sent again', { personal: true })
  @Column(epoch('used_at'))
  usedAt: number

  /** When the share's verify window closes. The row outlives the share. */
  @Purpose('when it may be forgotten')
  @Column(epoch('expires_at'))
  expiresAt: number
}
