import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, int64 } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/**
 * Two characters that stand side by side in a card's title, as a keyed hash. The primary key has the cards with a pair,
 * newest first.
 */
@Entity('card_pairs', { withoutRowid: true })
@DataPolicy({ until: 'indexed', erasure: 'delete' })
@Index('ix_card_pairs_card', ['cardId'])
export class CardPairEntity {
  /** The first 48 bits of the hash. */
  @Purpose('finds titles', { personal: true })
  @PrimaryColumn({ ...int64('pair'), primaryKeyConstraintName: 'pk_card_pairs' })
  pair: number

  @Purpose('orders what is found')
  @PrimaryColumn({ ...epoch('created_at'), primaryKeyConstraintName: 'pk_card_pairs' })
  createdAt: number

  @Purpose('whose title has it', {
    person: { table: 'cards', column: 'id', person: 'owner_id' },
  })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'card_id',
    primaryKeyConstraintName: 'pk_card_pairs',
  })
  cardId: string
}

/** The same of a person's name. */
@Entity('viewer_pairs', { withoutRowid: true })
@DataPolicy({ until: 'indexed', erasure: 'delete' })
@Index('ix_viewer_pairs_viewer', ['viewerId'])
export class ViewerPairEntity {
  @Purpose('finds names', { personal: true })
  @PrimaryColumn({ ...int64('pair'), primaryKeyConstraintName: 'pk_viewer_pairs' })
  pair: number

  @Purpose('orders what is found', { personal: true })
  @PrimaryColumn({ ...epoch('created_at'), primaryKeyConstraintName: 'pk_viewer_pairs' })
  createdAt: number

  @Purpose('whose name has it', { person: 'id' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_viewer_pairs',
  })
  viewerId: string
}

/** How far the job has come that makes pairs of rows of an older version. */
@Entity('search_progress')
@DataPolicy({ until: 'service' })
export class SearchProgressEntity {
  @Purpose('which table')
  @PrimaryColumn({ type: 'varchar', length: 32, primaryKeyConstraintName: 'pk_search_progress' })
  name: string

  @Purpose('the last row that was looked at')
  @Column({ type: 'varchar', length: 64, name: 'last_id' })
  lastId: string

  @Purpose('when the job came to the end')
  @Column(epoch('done_at', { nullable: true }))
  doneAt: number | null
}
