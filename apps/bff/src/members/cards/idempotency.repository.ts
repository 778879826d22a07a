import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { IdempotencyEntity } from './idempotency.entity.js'

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
