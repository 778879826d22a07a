import {
  type EntityManager,
  type FindOperator,
  type FindOptionsWhere,
  IsNull,
  LessThanOrEqual,
  MoreThan,
  type ObjectLiteral,
  Or,
} from 'typeorm'
import { CLOCK_SKEW_MS } from '../core/ports/clock.js'

/** The two properties of an entity that hold its lease. */
export interface LeaseColumns<E> {
  /** The holder; null while the lease is free. */
  readonly owner: keyof E & string
  /** Until when, in milliseconds UTC. */
  readonly until: keyof E & string
  /** The value of `until` while the lease is free. */
  readonly never: number | null
}

type Where<E> = FindOptionsWhere<E>

/**
 * A lease on a row: one owner at a time, over all processes of a database. An owner that dies loses it after `ms`.
 *
 * Each step is one statement that holds only if the lease is still what it should be. So no step needs a transaction.
 */
export class Lease<E extends ObjectLiteral> {
  /** The columns of a free lease, for an insert or an update that releases it. */
  readonly free: Partial<E>

  /** @param ms how long it lasts without a renewal */
  constructor(
    private readonly entity: new () => E,
    private readonly columns: LeaseColumns<E>,
    readonly ms: number,
  ) {
    this.free = this.#set(null, columns.never)
  }

  /**
   * The values of `until` at which any process may take it: over, or later than a right clock can set it. Otherwise a
   * lease by a wrong clock would last until that time.
   */
  over(now: number): FindOperator<number> {
    return Or<number>(
      IsNull() as FindOperator<number>,
      LessThanOrEqual(now),
      MoreThan(now + this.ms + CLOCK_SKEW_MS),
    )
  }

  /** The condition that an owner holds it. An owner whose time is over holds it until another takes it. */
  heldBy(owner: string): Where<E> {
    return { [this.columns.owner]: owner } as Where<E>
  }

  /** @param where the row @returns whether the owner holds it from now on */
  async take(manager: EntityManager, where: Where<E>, owner: string, now: number) {
    const free = { ...where, [this.columns.until]: this.over(now) }
    return (await this.#update(manager, free, owner, now + this.ms)) === 1
  }

  /** @returns whether the owner still holds it, for `ms` from now on */
  async renew(manager: EntityManager, where: Where<E>, owner: string, now: number) {
    const mine = { ...where, ...this.heldBy(owner) }
    return (await this.#update(manager, mine, owner, now + this.ms)) === 1
  }

  /** @returns how many rows the owner held */
  release(manager: EntityManager, where: Where<E>, owner: string): Promise<number> {
    return this.#update(manager, { ...where, ...this.heldBy(owner) }, null, this.columns.never)
  }

  async #update(
    manager: EntityManager,
    where: Where<E>,
    owner: string | null,
    until: number | null,
  ): Promise<number> {
    const { affected } = await manager.update(this.entity, where, this.#set(owner, until))
    return affected ?? 0
  }

  #set(owner: string | null, until: number | null): Partial<E> {
    return { [this.columns.owner]: owner, [this.columns.until]: until } as Partial<E>
  }
}
