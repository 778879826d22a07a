import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { PlatformName } from '../../core/config/config.js'
import { DAY } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** One declaration of a card as private. */
@Entity('shares')
@DataPolicy<ShareEntity>({
  until: 'share',
  retention: [
    {
      name: 'declared_values',
      until: 'declared',
      due: [{ since: 'shareUntil', ms: 0 }],
      blank: 'sealedValue',
    },
    // For 30 days the service says that the verify window closed. After that the share is unknown.
    { name: 'shares', due: [{ since: 'verifyUntil', ms: 30 * DAY }] },
  ],
  erasure: 'columns',
})
@Index('ix_shares_card', ['cardId', 'sharerId', 'shareUntil'])
@Index('ix_shares_sharer', ['sharerId', 'createdAt'])
@Index('ix_shares_share_until', ['shareUntil'])
@Index('ix_shares_verify_until', ['verifyUntil'])
@Index('ux_shares_value', ['valueHash'], { unique: true })
export class ShareEntity {
  /** In the card's URL; proves nothing. */
  @Purpose('names the share')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_shares' })
  id: string

  @Purpose('which card it shares')
  @Column({ type: 'varchar', length: 22, name: 'card_id' })
  cardId: string

  @Purpose('who shares it', { person: 'id', erased: 'pseudonym' })
  @Column({ type: 'varchar', length: 22, name: 'sharer_id' })
  sharerId: string

  @Purpose('in which app')
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  @Purpose('what the value is: an activityId or a state')
  @Column({ type: 'varchar', length: 8 })
  platform: PlatformName

  /**
   * SHA-256 of the activityId or state: what a proof is compared with. No two shares have the same. The platform's call
   * is a GET: a cache on the way could answer twice alike. Then the recipients of one card would open the other.
   */
  @Purpose('a proof must be about it')
  @Column({ type: 'varchar', length: 43, name: 'value_hash' })
  valueHash: string

  /** The value itself, for declaring again; erased when the share window closes. */
  @Purpose('the sharer declares it, sealed', {
    until: 'declared',
    sealed: { for: 'value', toldTo: 'nobody' },
    erased: 'null',
  })
  @Column({ type: 'text', name: 'sealed_value', nullable: true })
  sealedValue: string | null

  /** Null without a label, and once the card is deleted. */
  @Purpose('to whom, in the sharer’s words, sealed', {
    personal: true,
    sealed: { for: 'label', toldTo: 'person' },
    erased: 'null',
  })
  @Column({ type: 'text', name: 'sealed_label', nullable: true })
  sealedLabel: string | null

  /** A keyed hash of card, sharer and label; null without a label. */
  @Purpose('the same label gets the same share', { personal: true, erased: 'null' })
  @Column({ type: 'varchar', length: 43, name: 'label_hash', nullable: true })
  labelHash: string | null

  @Purpose('the windows count from here', { personal: true })
  @Column(epoch('created_at'))
  createdAt: number

  @Purpose('until when it may be shared')
  @Column(epoch('share_until'))
  shareUntil: number

  @Purpose('until when proofs of it count')
  @Column(epoch('verify_until'))
  verifyUntil: number
}
