import { Inject, Injectable } from '@nestjs/common'
import { DataSource, In, type QueryDeepPartialEntity } from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { Lease } from '../../database/lease.js'
import type { Failure } from '../sending/failure.js'
import { WebhookStateEntity } from './state.entity.js'

/** A process that dies leaves its webhooks to another after this long, ms. */
export const LEASE_MS = 15_000
const lease = new Lease(
  WebhookStateEntity,
  { owner: 'leaseOwner', until: 'leaseUntil', never: null },
  LEASE_MS,
)

/** How each webhook does, for all processes; and which of them sends to it. */
@Injectable()
export class WebhookStates {
  readonly #owner: string

  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) random: Random,
  ) {
    this.#owner = random.id()
  }

  async of(ids: readonly string[]): Promise<ReadonlyMap<string, WebhookStateEntity>> {
    const rows = await this.storage.manager.findBy(WebhookStateEntity, { id: In([...ids]) })
    return new Map(rows.map((row) => [row.id, row]))
  }

  /** The state of the webhook; makes its row at the first call. */
  async get(id: string): Promise<WebhookStateEntity> {
    const known = await this.storage.manager.findOneBy(WebhookStateEntity, { id })
    if (known) return known
    const row = { id, failures: 0, givenUp: 0 }
    await this.storage.manager
      .createQueryBuilder()
      .insert()
      .into(WebhookStateEntity)
      .values(row)
      .orIgnore()
      .execute()
    return this.storage.manager.findOneByOrFail(WebhookStateEntity, { id })
  }

  /** One process sends to a webhook at a time: so no message leaves twice, and none before an earlier one. */
  take(id: string): Promise<boolean> {
    return lease.take(this.storage.manager, { id }, this.#owner, this.clock.now())
  }

  renew(id: string): Promise<boolean> {
    return lease.renew(this.storage.manager, { id }, this.#owner, this.clock.now())
  }

  async release(id: string): Promise<void> {
    await lease.release(this.storage.manager, { id }, this.#owner)
  }

  /** A message arrived: what kept it waiting is over. */
  async succeeded(id: string): Promise<void> {
    await this.#set(id, {
      lastSuccessAt: this.clock.now(),
      failures: 0,
      pausedUntil: null,
      disabledAt: null,
    })
  }

  /** @param change what else it means for the webhook */
  async failed(
    id: string,
    { code, cause }: Failure,
    change: QueryDeepPartialEntity<WebhookStateEntity> = {},
  ): Promise<void> {
    await this.#set(id, {
      lastFailureAt: this.clock.now(),
      lastFailure: code,
      lastFailureCause: cause.slice(0, 255),
      ...change,
    })
  }

  async gaveUp(id: string, messages: number): Promise<void> {
    if (messages === 0) return
    await this.#set(id, {
      givenUp: () => `given_up + ${messages}`,
      lastGivenUpAt: this.clock.now(),
    })
  }

  async #set(id: string, change: QueryDeepPartialEntity<WebhookStateEntity>): Promise<void> {
    await this.storage.manager.update(WebhookStateEntity, { id }, change)
  }
}
