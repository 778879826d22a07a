import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { type ActLimit, waitOf } from '../audit/act-limit.js'
import { AuditLog } from '../audit/audit-log.js'
import type { Fact } from '../audit/audit.entities.js'
import { ApiError } from '../core/errors/api-error.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { HOUR } from '../core/time.js'
import { truncateWal } from '@sealcard/typeorm-sqlite3'
import { ViewerEntity } from '../members/sessions/viewer.entity.js'
import { ViewerRepository } from '../members/sessions/viewer.repository.js'
import { BEFORE_ERASING } from './across-tables.js'
import { PersonCopies, type Reader } from './person-copies.js'
import { type PersonTable, personTables } from './person-tables.js'

/** A person, by the platform's name for them or by our id. */
export type PersonRef =
  { readonly app: string; readonly viewerKey: string } | { readonly id: string }

/** Who asks, for the audit. The reason must not name the person. */
export interface Act {
  readonly actor: string
  readonly reason?: string
}

/** How many rows of each table an erasure changed. */
export type Erased = Readonly<Record<string, number>>

/** A person gets this many copies within this time, because each copy reads all their rows. */
const COPIES: ActLimit = { kind: 'person.export', most: 10, ms: HOUR }

/** A person's rights over what is stored about them: a copy of it, and its erasure. */
@Injectable()
export class PersonService {
  readonly #tables: readonly PersonTable[]

  constructor(
    private readonly storage: DataSource,
    private readonly audit: AuditLog,
    private readonly viewers: ViewerRepository,
    private readonly copies: PersonCopies,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {
    this.#tables = personTables(storage)
  }

  /**
   * A copy of all that is stored, as lines of a JSON document: see `PersonCopy`. The audit records it before the first line.
   * @returns null when there is no such person
   */
  async export(
    who: PersonRef,
    reader: Exclude<Reader, 'person'>,
    { actor, reason = '' }: Act,
  ): Promise<AsyncGenerator<string> | null> {
    const id = await this.#find(who)
    if (id === null) return null
    await this.audit.append(exported(actor, id, reason))
    return this.copies.lines(id, reader)
  }

  /** A person's own copy, with their words. @throws ApiError ERR_SESSION when there is no such person, ERR_RATE_LIMITED */
  async exportOwn(id: string, reason: string): Promise<AsyncGenerator<string>> {
    const wait = await this.audit.transact(async ({ manager, record }) => {
      await this.viewers.lock(manager, id)
      const wait = await waitOf(manager, id, COPIES, this.clock.now())
      if (wait > 0) return wait
      record(exported(id, id, reason))
      return 0
    })
    if (wait > 0) throw new ApiError('ERR_RATE_LIMITED', { retryAfter: wait / 1000 })
    return this.copies.lines(id, 'person')
  }

  /**
   * Erases a person in one transaction. It ends their sessions, deletes their keys and their cards' content, and revokes
   * their cards. Rows that must stay, such as rosters, get an id that no row has. Rows that limits count get a keyed hash:
   * see `moveLimits`. The audit stays as it is; its id of the person leads to no row.
   * @returns null when there is no such person
   */
  async erase(who: PersonRef, { actor, reason = '' }: Act): Promise<Erased | null> {
    const id = await this.#find(who)
    const left = id === null ? null : await this.#left(id)
    if (id === null || left === null) return null
    const { trace, app } = left
    const pseudonym = this.random.id()
    const erased = await this.audit.transact(async ({ manager, record }) => {
      await this.viewers.lock(manager, id)
      const erasure = { manager, record, id, trace, actor, now: this.clock.now() }
      for (const step of BEFORE_ERASING) await step(erasure)
      const erased: [string, number][] = []
      for (const { entity, table, where, erasure } of this.#tables) {
        if (erasure === 'keep') continue
        const { affected } =
          erasure === 'delete'
            ? await manager.delete(entity, where(id))
            : await manager.update(entity, where(id), erasure(pseudonym))
        erased.push([table, affected ?? 0])
      }
      const about = { app }
      record({ kind: 'person.erase', actor, subject: id, decision: 'done', reason, about })
      return Object.fromEntries(erased)
    })
    // The erasure is committed, whether or not the log is emptied. Retention tries again.
    await truncateWal(this.storage).catch(() => {})
    return erased
  }

  /** How many rows of each table an erasure would change. */
  async count(id: string): Promise<Erased> {
    const counts: [string, number][] = []
    for (const { entity, table, where, erasure } of this.#tables)
      if (erasure !== 'keep')
        counts.push([table, await this.storage.manager.count(entity, { where: where(id) })])
    return Object.fromEntries(counts)
  }

  /** The same, by the person. @throws ApiError ERR_SESSION when there is no such person */
  async eraseOwn(id: string, reason: string): Promise<void> {
    if (!(await this.erase({ id }, { actor: id, reason }))) throw new ApiError('ERR_SESSION')
  }

  async #find(who: PersonRef): Promise<string | null> {
    if (!('id' in who)) return (await this.viewers.find(who.app, who.viewerKey))?.id ?? null
    return (await this.viewers.keyOf(who.id)) === null ? null : who.id
  }

  /** What of the person is used when they are erased. */
  async #left(id: string): Promise<{ trace: string; app: string } | null> {
    const row = await this.storage.manager.findOneBy(ViewerEntity, { id })
    return row && { trace: await this.viewers.traceOf(row.lookup), app: row.appId }
  }
}

const exported = (actor: string, subject: string, reason: string): Fact => ({
  kind: 'person.export',
  actor,
  subject,
  decision: 'done',
  reason,
})
