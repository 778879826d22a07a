import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common'
import { IdempotencyKey } from '@sealcard/protocol'
import type { FastifyRequest } from 'fastify'
import { Column, DataSource, Entity, type EntityManager, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'
import { check } from '../../http/parsing/validation.js'

/** An Idempotency-Key that made a card. */
@Entity('idempotency_keys')
@Index('ix_idempotency_keys_created_at', ['createdAt'])
export class IdempotencyEntity {
  /** SHA-256 of owner and key: keys of different owners never meet. */
  @Retain({ purpose: 'recognises a repeated request', personal: true, until: 'idempotency' })
  @PrimaryColumn({ type: 'varchar', length: 43, primaryKeyConstraintName: 'pk_idempotency_keys' })
  id: string

  /** SHA-256 of the request body. */
  @Retain({ purpose: 'tells a repeat from another request', personal: true, until: 'idempotency' })
  @Column({ type: 'varchar', length: 43, name: 'body_hash' })
  bodyHash: string

  @Retain({ purpose: 'what the first request made', personal: false, until: 'idempotency' })
  @Column({ type: 'varchar', length: 22, name: 'card_id' })
  cardId: string

  @Retain({ purpose: 'when it may be forgotten', personal: false, until: 'idempotency' })
  @Column(epoch('created_at'))
  createdAt: number
}

@Injectable()
export class IdempotencyRepository {
  constructor(private readonly storage: DataSource) {}

  find(
    id: string,
    manager: EntityManager = this.storage.manager,
  ): Promise<IdempotencyEntity | null> {
    return manager.findOneBy(IdempotencyEntity, { id })
  }

  /** @throws a unique violation when the key was used before */
  claim(manager: EntityManager, row: IdempotencyEntity): Promise<unknown> {
    return manager.insert(IdempotencyEntity, row)
  }
}

/** The `Idempotency-Key` header; undefined where the client sent none. A header sent twice is refused. */
export const IdempotencyKeyHeader = createParamDecorator(
  (_: unknown, context: ExecutionContext) => {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>()
    return check(IdempotencyKey.optional(), headers['idempotency-key'], 'Idempotency-Key')
  },
)
