import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'

/** One declaration of a card as private. */
@Entity('shares')
@Index('ix_shares_card', ['cardId', 'sharerId', 'shareUntil'])
@Index('ix_shares_sharer', ['sharerId', 'createdAt'])
@Index('ix_shares_share_until', ['shareUntil'])
@Index('ix_shares_verify_until', ['verifyUntil'])
@Index('ux_shares_value', ['valueHash'], { unique: true })
export class ShareEntity {
  /** In the card's URL; proves nothing. */
  @Retain({ purpose: 'names the share', personal: false, until: 'share' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_shares' })
  id: string

  @Retain({ purpose: 'which card it shares', personal: false, until: 'share' })
  @Column({ type: 'varchar', length: 22, name: 'card_id' })
  cardId: string

  @Retain({ purpose: 'who shares it', personal: true, until: 'share' })
  @Column({ type: 'varchar', length: 22, name: 'sharer_id' })
  sharerId: string

  @Retain({ purpose: 'in which app', personal: false, until: 'share' })
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  @Retain({
    purpose: 'what the value is: an activityId or a state',
    personal: false,
    until: 'share',
  })
  @Column({ type: 'varchar', length: 8 })
  platform: 'wechat' | 'wecom'

  /**
   * SHA-256 of the activityId or state: what a proof is compared with. No two shares have the same: the platform's call
   * is a GET, and a cache on the way to it that answered twice alike would let one card's recipients open the other.
   */
  @Retain({ purpose: 'a proof must be about it', personal: false, until: 'share' })
  @Column({ type: 'varchar', length: 43, name: 'value_hash' })
  valueHash: string

  /** The value itself, for declaring again; erased when the share window closes. */
  @Retain({
    purpose: 'the sharer declares it, sealed',
    personal: false,
    until: 'declared',
    sealed: 'value',
  })
  @Column({ type: 'text', name: 'sealed_value', nullable: true })
  sealedValue: string | null

  @Retain({ purpose: 'the windows count from here', personal: true, until: 'share' })
  @Column(epoch('created_at'))
  createdAt: number

  @Retain({ purpose: 'until when it may be shared', personal: false, until: 'share' })
  @Column(epoch('share_until'))
  shareUntil: number

  @Retain({ purpose: 'until when proofs of it count', personal: false, until: 'share' })
  @Column(epoch('verify_until'))
  verifyUntil: number
}
