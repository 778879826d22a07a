import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { Keep } from '../../database/column-tags.js'
import { epoch } from '../../database/epoch.js'

/** A proof that was used. The row's key is the claim: a second insert is a replay. */
@Entity('proofs')
@Index('ix_proofs_expires_at', ['expiresAt'])
export class ProofEntity {
  /** `proofName`; in rows of earlier versions `formerProofName`. */
  @Keep({ purpose: 'recognises a proof used before', personal: false, until: 'proof' })
  @PrimaryColumn({ type: 'varchar', length: 43, primaryKeyConstraintName: 'pk_proofs' })
  digest: string

  /** Whose opening it is says who may send the proof again. */
  @Keep({ purpose: 'what it opened, and for whom', personal: true, until: 'proof' })
  @Column({ type: 'varchar', length: 22, name: 'opening_id' })
  openingId: string

  @Keep({ purpose: 'for how long it may be sent again', personal: true, until: 'proof' })
  @Column(epoch('used_at'))
  usedAt: number

  /** When the share's verify window closes. The row outlives the share: see `lifecycle/retention-rules.ts`. */
  @Keep({ purpose: 'when it may be forgotten', personal: false, until: 'proof' })
  @Column(epoch('expires_at'))
  expiresAt: number
}
