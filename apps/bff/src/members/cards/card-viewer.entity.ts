import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { Keep } from '../../database/column-tags.js'
import { epoch } from '../../database/epoch.js'

/** A viewer who opened a card: the owner's roster, the viewer's received box, and the claim of a view. */
@Entity('card_viewers')
@Index('ix_card_viewers_roster', ['cardId', 'firstAt', 'viewerId'])
@Index('ix_card_viewers_received', ['viewerId', 'firstAt', 'cardId'])
@Index('ix_card_viewers_last_at', ['lastAt'])
export class CardViewerEntity {
  @Keep({ purpose: 'which card', personal: true, until: 'roster' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'card_id',
    primaryKeyConstraintName: 'pk_card_viewers',
  })
  cardId: string

  @Keep({ purpose: 'who read it', personal: true, until: 'roster' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_card_viewers',
  })
  viewerId: string

  @Keep({ purpose: 'how often; the limit per viewer', personal: true, until: 'roster' })
  @Column({ type: 'int' })
  opens: number

  @Keep({ purpose: 'when first', personal: true, until: 'roster' })
  @Column(epoch('first_at'))
  firstAt: number

  @Keep({ purpose: 'when last', personal: true, until: 'roster' })
  @Column(epoch('last_at'))
  lastAt: number

  @Keep({ purpose: 'when the reader confirmed having read it', personal: true, until: 'roster' })
  @Column(epoch('acknowledged_at', { nullable: true }))
  acknowledgedAt: number | null
}
