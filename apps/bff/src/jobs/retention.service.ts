import { Inject, Injectable } from '@nestjs/common'
import { Interval } from '@nestjs/schedule'
import {
  DataSource,
  type FindOptionsWhere,
  In,
  IsNull,
  LessThanOrEqual,
  Not,
  type ObjectLiteral,
} from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { IdempotencyEntity } from '../cards/idempotency.entity.js'
import { CardEntity } from '../cards/card.entity.js'
import { RequestLog } from '../http/request-log.js'
import { CardViewerEntity } from '../openings/card-viewer.entity.js'
import { OpeningEntity } from '../openings/opening.entity.js'
import { ProofEntity } from '../openings/proof.entity.js'
import { CLOCK, type Clock } from '../ports/clock.js'
import { SessionEntity } from '../sessions/session.entity.js'
import { ViewerKeysEntity } from '../sessions/viewer-keys.entity.js'
import { ShareEntity } from '../shares/share.entity.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How long things stay; the data map (`column-tags.ts`) promises no less than this. */
const KEEP = {
  /** Half of the promised day, so that a service that stood still for hours keeps the promise. */
  content: 12 * HOUR,
  idempotency: 48 * HOUR,
  openings: 180 * DAY,
  /** A share whose verify window closed is told so for a while, then it is unknown. */
  shares: 30 * DAY,
} as const

/** Rows per transaction: a long one would keep writers waiting. */
const BATCH = 500
const EVERY_MS = 10 * 60_000

/** Erases what has served its purpose. Runs on the clock; running it twice, or in two processes, does no harm. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly storage: DataSource,
    private readonly audit: AuditLog,
    private readonly log: RequestLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Interval('retention', EVERY_MS)
  async tick(): Promise<void> {
    await this.run().catch((error: unknown) => this.log.jobFailed('retention', error))
  }

  /** @returns how many rows were erased or emptied */
  async run(): Promise<number> {
    const now = this.clock.now()
    const before = (ms: number) => LessThanOrEqual(now - ms)
    const erased = await this.#eraseContent(now)
    const emptied =
      (await this.#empty(ShareEntity, { shareUntil: before(0), sealedValue: Not(IsNull()) }, 'id', {
        sealedValue: null,
      })) +
      (await this.#empty(ViewerKeysEntity, { previousUntil: before(0) }, 'viewerId', {
        previousKey: null,
        previousUntil: null,
      }))
    const deleted =
      (await this.#delete(ViewerKeysEntity, { expiresAt: before(0) }, 'viewerId')) +
      (await this.#delete(SessionEntity, { expiresAt: before(0) }, 'id')) +
      (await this.#delete(IdempotencyEntity, { createdAt: before(KEEP.idempotency) }, 'id')) +
      (await this.#delete(ProofEntity, { expiresAt: before(0) }, 'digest')) +
      (await this.#delete(ShareEntity, { verifyUntil: before(KEEP.shares) }, 'id')) +
      (await this.#delete(OpeningEntity, { at: before(KEEP.openings) }, 'id')) +
      (await this.#deleteViewers(now - KEEP.openings)) +
      (await this.#delete(CardEntity, { revokedAt: before(KEEP.openings) }, 'id')) +
      (await this.#delete(CardEntity, { expiresAt: before(KEEP.openings) }, 'id'))
    return erased + emptied + deleted
  }

  /** Title and body, in one transaction with the entry that says so. */
  async #eraseContent(now: number): Promise<number> {
    const old = LessThanOrEqual(now - KEEP.content)
    let erased = 0
    for (let found = BATCH; found === BATCH;) {
      found = await this.audit.transact(async ({ manager, record }) => {
        const ids = await manager.find(CardEntity, {
          select: { id: true },
          where: [
            { sealedBody: Not(IsNull()), revokedAt: old },
            { sealedBody: Not(IsNull()), expiresAt: old },
          ],
          take: BATCH,
        })
        if (ids.length === 0) return 0
        await manager.update(
          CardEntity,
          { id: In(ids.map(({ id }) => id)) },
          { sealedTitle: null, sealedBody: null },
        )
        for (const { id } of ids)
          record({ kind: 'card.erase', actor: 'retention', subject: id, decision: 'done' })
        return ids.length
      })
      erased += found
    }
    return erased
  }

  async #empty<T extends ObjectLiteral>(
    entity: new () => T,
    where: FindOptionsWhere<T>,
    key: keyof T & string,
    values: Partial<T>,
  ): Promise<number> {
    return this.#batches(entity, where, key, (keys) =>
      this.storage.manager.update(
        entity,
        { [key]: In(keys) } as FindOptionsWhere<T>,
        values as never,
      ),
    )
  }

  async #delete<T extends ObjectLiteral>(
    entity: new () => T,
    where: FindOptionsWhere<T>,
    key: keyof T & string,
  ): Promise<number> {
    return this.#batches(entity, where, key, (keys) =>
      this.storage.manager.delete(entity, { [key]: In(keys) } as FindOptionsWhere<T>),
    )
  }

  async #batches<T extends ObjectLiteral>(
    entity: new () => T,
    where: FindOptionsWhere<T>,
    key: keyof T & string,
    change: (keys: unknown[]) => Promise<unknown>,
  ): Promise<number> {
    let done = 0
    for (let found = BATCH; found === BATCH; done += found) {
      const rows = await this.storage.manager.find(entity, { where, take: BATCH })
      found = rows.length
      if (found > 0) await change(rows.map((row) => row[key]))
    }
    return done
  }

  /** A key of two columns has no IN: one statement, on its own index. */
  async #deleteViewers(until: number): Promise<number> {
    const { affected } = await this.storage.manager.delete(CardViewerEntity, {
      lastAt: LessThanOrEqual(until),
    })
    return affected ?? 0
  }
}
