import { Injectable } from '@nestjs/common'
import { And, DataSource, type EntityManager, In, IsNull, LessThanOrEqual, MoreThan } from 'typeorm'
import type { Span } from '../../http/limits/person-limits.js'
import { CardEntity } from './card.entity.js'

@Injectable()
export class CardRepository {
  constructor(private readonly storage: DataSource) {}

  find(id: string, manager: EntityManager = this.storage.manager): Promise<CardEntity | null> {
    return manager.findOneBy(CardEntity, { id })
  }

  findOwn(
    id: string,
    ownerId: string,
    manager: EntityManager = this.storage.manager,
  ): Promise<CardEntity | null> {
    return manager.findOneBy(CardEntity, { id, ownerId })
  }

  /** Without those that the owner deleted. */
  findAllOwn(ids: readonly string[], ownerId: string): Promise<CardEntity[]> {
    return this.storage.manager.findBy(CardEntity, {
      id: In([...ids]),
      ownerId,
      deletedAt: IsNull(),
    })
  }

  /** The owner's card, held until the transaction ends; SQLite has one writer at a time anyway. */
  hold(manager: EntityManager, id: string, ownerId: string): Promise<CardEntity | null> {
    return manager.findOne(CardEntity, {
      where: { id, ownerId },
      ...(manager.dataSource.options.type === 'postgres' && {
        lock: { mode: 'pessimistic_write' as const },
      }),
    })
  }

  update(
    manager: EntityManager,
    id: string,
    columns: Partial<Omit<CardEntity, 'id'>>,
  ): Promise<unknown> {
    return manager.update(CardEntity, { id }, columns)
  }

  insert(manager: EntityManager, card: CardEntity): Promise<unknown> {
    return manager.insert(CardEntity, card)
  }

  /** @returns whether this call revoked it */
  async revoke(manager: EntityManager, id: string, now: number): Promise<boolean> {
    const { affected } = await manager.update(
      CardEntity,
      { id, revokedAt: IsNull() },
      { revokedAt: now },
    )
    return affected === 1
  }

  /** When the owner's n-th newest card of those made in that span was made. */
  async nthMade(
    manager: EntityManager,
    ownerId: string,
    { after, until }: Span,
    n: number,
  ): Promise<number | undefined> {
    const [row] = await manager.find(CardEntity, {
      select: { id: true, createdAt: true },
      where: { ownerId, createdAt: And(MoreThan(after), LessThanOrEqual(until)) },
      order: { createdAt: 'DESC' },
      skip: n - 1,
      take: 1,
    })
    return row?.createdAt
  }

  /** When the owner made a card last; 0 is never. */
  async lastMadeAt(manager: EntityManager, ownerId: string): Promise<number> {
    const order = { createdAt: 'DESC' } as const
    const last = await manager.findOne(CardEntity, {
      select: { id: true, createdAt: true },
      where: { ownerId },
      order,
    })
    return last?.createdAt ?? 0
  }
}
