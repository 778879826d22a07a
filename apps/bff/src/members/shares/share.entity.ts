import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Keep } from '../../database/columns.js'

/** One declaration of a card as private. */
@Entity('shares')
@Index('ix_shares_card', ['cardId', 'sharerId', 'shareUntil'])
@Index('ix_shares_sharer', ['sharerId', 'createdAt'])
@Index('ix_shares_share_until', ['shareUntil'])
@Index('ix_shares_verify_until', ['verifyUntil'])
@Index('ux_shares_value', ['valueHash'], { unique: true })
export class ShareEntity {
  /** In the card's URL; proves nothing. */
  @Keep({ purpose: 'names the share', personal: false, until: 'share' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_shares' })
  id: string

  @Keep({ purpose: 'which card it shares', personal: false, until: 'share' })
  @Column({ type: 'varchar', length: 22, name: 'card_id' })
  cardId: string

  @Keep({ purpose: 'who shares it', personal: true, until: 'share' })
  @Column({ type: 'varchar', length: 22, name: 'sharer_id' })
  sharerId: string

  @Keep({ purpose: 'in which app', personal: false, until: 'share' })
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  @Keep({ purpose: 'what the value is: an activityId or a state', personal: false, until: 'share' })
  @Column({ type: 'varchar', length: 8 })
  platform: 'wechat' | 'wecom'

  /**
   * SHA-256 of the activityId or state: what a proof is compared with. No two shares have the same: the platform's call
   * is a GET, and a cache on the way to it that answered twice alike would let one card's recipients open the other.
   */
  @Keep({ purpose: 'a proof must be about it', personal: false, until: 'share' })
  @Column({ type: 'varchar', length: 43, name: 'value_hash' })
  valueHash: string

  /** The value itself, for declaring again; erased when the share window closes. */
  @Keep({
    purpose: 'the sharer declares it, sealed',
    personal: false,
    until: 'declared',
    sealed: 'value',
  })
  @Column({ type: 'text', name: 'sealed_value', nullable: true })
  sealedValue: string | null

  @Keep({ purpose: 'the windows count from here', personal: true, until: 'share' })
  @Column(epoch('created_at'))
  createdAt: number

  @Keep({ purpose: 'until when it may be shared', personal: false, until: 'share' })
  @Column(epoch('share_until'))
  shareUntil: number

  @Keep({ purpose: 'until when proofs of it count', personal: false, until: 'share' })
  @Column(epoch('verify_until'))
  verifyUntil: number
}
