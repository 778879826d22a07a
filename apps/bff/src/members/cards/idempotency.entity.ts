import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { Keep } from '../../database/column-tags.js'
import { epoch } from '../../database/epoch.js'

/** An Idempotency-Key that made a card. */
@Entity('idempotency_keys')
@Index('ix_idempotency_keys_created_at', ['createdAt'])
export class IdempotencyEntity {
  /** SHA-256 of owner and key: keys of different owners never meet. */
  @Keep({ purpose: 'recognises a repeated request', personal: true, until: 'idempotency' })
  @PrimaryColumn({ type: 'varchar', length: 43, primaryKeyConstraintName: 'pk_idempotency_keys' })
  id: string

  /** SHA-256 of the request body. */
  @Keep({ purpose: 'tells a repeat from another request', personal: true, until: 'idempotency' })
  @Column({ type: 'varchar', length: 43, name: 'body_hash' })
  bodyHash: string

  @Keep({ purpose: 'what the first request made', personal: false, until: 'idempotency' })
  @Column({ type: 'varchar', length: 22, name: 'card_id' })
  cardId: string

  @Keep({ purpose: 'when it may be forgotten', personal: false, until: 'idempotency' })
  @Column(epoch('created_at'))
  createdAt: number
}
