import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common'
import { IdempotencyKey } from '@sealcard/protocol'
import type { FastifyRequest } from 'fastify'
import { Column, DataSource, Entity, type EntityManager, Index, PrimaryColumn } from 'typeorm'
import { HOUR } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'
import { check } from '../../http/parsing/validation.js'

/** An Idempotency-Key that made a card. */
@Entity('idempotency_keys')
@DataPolicy<IdempotencyEntity>({
  until: 'idempotency',
  retention: [{ name: 'idempotency_keys', due: [{ since: 'createdAt', ms: 48 * HOUR }] }],
  erasure: 'delete',
})
@Index('ix_idempotency_keys_created_at', ['createdAt'])
export class IdempotencyEntity {
  /** SHA-256 of owner and key: keys of different owners never meet. */
  @Purpose('recognises a repeated request', { personal: true })
  @PrimaryColumn({ type: 'varchar', length: 43, primaryKeyConstraintName: 'pk_idempotency_keys' })
  id: string

  /** SHA-256 of the request body. */
  @Purpose('tells a repeat from another request', { personal: true })
  @Column({ type: 'varchar', length: 43, name: 'body_hash' })
  bodyHash: string

  @Purpose('what the first request made', {
    person: { table: 'cards', column: 'id', person: 'owner_id' },
  })
  @Column({ type: 'varchar', length: 22, name: 'card_id' })
  cardId: string

  @Purpose('when it may be forgotten')
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
