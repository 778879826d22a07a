import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'
import type { Reason } from '../cards/decide.js'

/** `rejected`: refused before the viewer was a proven recipient. */
export type Outcome = 'granted' | 'refused' | 'rejected'

/** One attempt to open a card, decided and recorded. */
@Entity('openings')
@Index('ix_openings_session', ['sessionId', 'outcome', 'at'])
@Index('ix_openings_order', ['at', 'id'])
@Index('ix_openings_outcome', ['outcome', 'at', 'id'])
@Index('ix_openings_of_viewer', ['viewerId', 'outcome', 'at', 'id'])
@Index('ix_openings_of_card', ['cardId', 'outcome', 'at', 'id'])
export class OpeningEntity {
  @Retain({ purpose: 'names the opening', personal: false, until: 'opening' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_openings' })
  id: string

  /** Null where the request named no share of the viewer's app. */
  @Retain({ purpose: 'what was to be opened', personal: true, until: 'opening' })
  @Column({ type: 'varchar', length: 22, name: 'share_id', nullable: true })
  shareId: string | null

  @Retain({ purpose: 'what was to be opened', personal: true, until: 'opening' })
  @Column({ type: 'varchar', length: 22, name: 'card_id', nullable: true })
  cardId: string | null

  @Retain({ purpose: 'who tried; limits per person', personal: true, until: 'opening' })
  @Column({ type: 'varchar', length: 22, name: 'viewer_id' })
  viewerId: string

  @Retain({ purpose: 'limits per session', personal: true, until: 'opening' })
  @Column({ type: 'varchar', length: 22, name: 'session_id' })
  sessionId: string

  @Retain({ purpose: 'how it was decided', personal: true, until: 'opening' })
  @Column({ type: 'varchar', length: 8 })
  outcome: Outcome

  @Retain({ purpose: 'why it was refused', personal: true, until: 'opening' })
  @Column({ type: 'varchar', length: 32, nullable: true })
  reason: Reason | null

  @Retain({ purpose: 'when', personal: true, until: 'opening' })
  @Column(epoch('at'))
  at: number
}

/** A proof that was used. The row's key is the claim: a second insert is a replay. */
@Entity('proofs')
@Index('ix_proofs_expires_at', ['expiresAt'])
export class ProofEntity {
  /** `proofName`; in rows of earlier versions `formerProofName`. */
  @Retain({ purpose: 'recognises a proof used before', personal: false, until: 'proof' })
  @PrimaryColumn({ type: 'varchar', length: 43, primaryKeyConstraintName: 'pk_proofs' })
  digest: string

  /** Whose opening it is says who may send the proof again. */
  @Retain({ purpose: 'what it opened, and for whom', personal: true, until: 'proof' })
  @Column({ type: 'varchar', length: 22, name: 'opening_id' })
  openingId: string

  @Retain({ purpose: 'for how long it may be sent again', personal: true, until: 'proof' })
  @Column(epoch('used_at'))
  usedAt: number

  /** When the share's verify window closes. The row outlives the share: see `lifecycle/retention-rules.ts`. */
  @Retain({ purpose: 'when it may be forgotten', personal: false, until: 'proof' })
  @Column(epoch('expires_at'))
  expiresAt: number
}
