import { Entity, PrimaryColumn } from 'typeorm'
import { Keep } from '../../database/column-tags.js'

/** A person who may make cards where the company lists who may. */
@Entity('card_makers')
export class CardMakerEntity {
  @Keep({ purpose: 'who may make cards', personal: true, until: 'viewer' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_card_makers',
  })
  viewerId: string
}
