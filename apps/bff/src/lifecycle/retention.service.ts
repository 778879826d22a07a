import { Inject, Injectable } from '@nestjs/common'
import { truncateWal } from '@sealcard/typeorm-sqlite3'
import {
  And,
  DataSource,
  type EntityManager,
  Equal,
  type FindOperator,
  type FindOptionsWhere,
  In,
  IsNull,
  LessThanOrEqual,
  MoreThan,
  Not,
  type ObjectLiteral,
} from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { Job } from '../core/jobs/job.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { MINUTE } from '../core/time.js'
import { dataMap, type TableData, wordOf } from '../database/data-map.js'
import type {
  Aged,
  Condition,
  Dependent,
  RetentionRule as Declared,
  Retention,
} from '../database/data-policy.js'
import { retried } from '../database/storage-error.js'
import { JobLog } from '../observability/job-log.js'
import { Metrics } from '../observability/metrics.js'

type Where = FindOptionsWhere<ObjectLiteral>

/** What becomes of the rows of a table that have served a purpose. */
interface RetentionRule {
  readonly name: string
  readonly retention: Retention
  readonly entity: new () => ObjectLiteral
  /** Properties of the primary key. */
  readonly keys: readonly string[]
  /** Rows that are due; several are alternatives. */
  readonly due: (now: number) => Where[]
  /** What their columns become; without it the rows are deleted. */
  readonly empty?: Readonly<Record<string, null>>
  /** Emptied in one transaction with an audit entry of this kind for each row. */
  readonly audited?: string
  /** Rows that go with each row. */
  readonly dependents: readonly Dependent[]
}

/**
 * The rules of every entity in the order they run: first rules that blank columns, so that each row is recorded before
 * it goes; then rules that delete rows; last rules that wait for another table.
 */
export const retentionRules = (storage: DataSource): RetentionRule[] => {
  const rules = dataMap(storage).flatMap((table) =>
    (table.policy.retention ?? []).map((rule) => ({
      rank: rule.blank ? 0 : rule.after ? 2 : 1,
      rule: collected(table, rule),
    })),
  )
  return rules.sort((a, b) => a.rank - b.rank).map(({ rule }) => rule)
}

const collected = (table: TableData, rule: Declared<ObjectLiteral>): RetentionRule => {
  const { entity, keys, policy, columns } = table
  const { name, blank, audited, with: dependents = [] } = rule
  const retention = wordOf(rule, policy)
  const blanked = columns.filter(({ until }) => until === retention)
  return {
    name,
    retention,
    entity,
    keys,
    dependents,
    due: (now) =>
      rule.due
        .flatMap((due) => conditions(due, now))
        .map((where) => (blank ? both(where, { [blank]: Not(IsNull()) }) : where)),
    ...(blank && { empty: Object.fromEntries(blanked.map(({ property }) => [property, null])) }),
    ...(audited && { audited }),
  }
}

const conditions = (due: Aged<ObjectLiteral> | Condition<ObjectLiteral>, now: number): Where[] => {
  if (!('since' in due)) return [due.where(now)]
  const { since, ms, latest, and } = due
  const past: Where = { [since]: LessThanOrEqual(now - ms) }
  return [
    and ? both(past, and.where(now)) : past,
    ...(latest === undefined ? [] : [{ [since]: MoreThan(now + latest) }]),
  ]
}

/** Both conditions hold, also where they are about the same column. */
const both = (one: Where, other: Where): Where => {
  const result = { ...one }
  for (const [name, value] of Object.entries(other))
    result[name] =
      name in one
        ? And(one[name] as FindOperator<unknown>, value as FindOperator<unknown>)
        : (value as unknown)
  return result
}

/** Rows of one transaction. A longer one keeps writers waiting. */
const BATCH = 200
const EVERY_MS = 10 * MINUTE
/** Early, so that a service that restarts every few minutes erases, too. */
const FIRST_MS = MINUTE
/** Tries of a transaction that lost against a concurrent one; as many as an audited one has. */
const MAX_TRIES = 4

/** How a run of all rules ended. */
export interface RetentionRun {
  /** Milliseconds UTC. */
  readonly endedAt: number
  /** Erased or emptied. */
  readonly rows: number
  /** Names of the rules that failed. */
  readonly failed: readonly string[]
}

/** Erases what has served its purpose. Running it twice, or in two processes, does no harm. */
@Injectable()
export class RetentionService {
  readonly #rules: readonly RetentionRule[]
  #last: RetentionRun | null = null

  constructor(
    private readonly storage: DataSource,
    private readonly audit: AuditLog,
    private readonly log: JobLog,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#rules = retentionRules(storage)
  }

  /** The last run of this process that came to its end; null: none yet. */
  get last(): RetentionRun | null {
    return this.#last
  }

  /**
   * Runs every rule, also after one that failed: a broken table must not keep the rows of the others.
   * @param signal ends the run after the batch that it is at
   * @returns how many rows were erased or emptied
   * @throws AggregateError, after the last rule, when some of them failed
   */
  @Job({ name: 'retention', everyMs: EVERY_MS, firstMs: FIRST_MS })
  async run(signal?: AbortSignal): Promise<number> {
    let total = 0
    const failures: unknown[] = []
    const failed: string[] = []
    for (const rule of this.#rules) {
      if (signal?.aborted) return total
      try {
        const rows = await this.#apply(rule, this.clock.now(), signal)
        this.metrics.erased(rule.name, rows)
        total += rows
      } catch (error) {
        this.log.jobFailed(`retention: ${rule.name}`, error)
        failures.push(error)
        failed.push(rule.name)
      }
    }
    if (signal?.aborted) return total
    this.#last = { endedAt: this.clock.now(), rows: total, failed }
    await truncateWal(this.storage)
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} rules failed`)
    this.metrics.retentionDone(this.clock.now())
    return total
  }

  async #apply(rule: RetentionRule, now: number, signal?: AbortSignal): Promise<number> {
    let done = 0
    for (let found = BATCH; found === BATCH && !signal?.aborted;) {
      const keys = await this.#keys(rule, now)
      found = keys.length
      if (found > 0) done += await this.#change(rule, keys, now)
    }
    return done
  }

  async #keys({ entity, keys, due }: RetentionRule, now: number): Promise<ObjectLiteral[]> {
    const rows = await this.storage.manager.find(entity, {
      select: Object.fromEntries(keys.map((name) => [name, true])),
      where: due(now),
      take: BATCH,
    })
    // Sorted: what writes the same rows at the same time takes them in this order, too.
    const sorted = rows.toSorted((a, b) => (keyText(a, keys) < keyText(b, keys) ? -1 : 1))
    return sorted.map((row) => Object.fromEntries(keys.map((name) => [name, row[name]])))
  }

  /** Changes each row only if it is still due: a login may have renewed it, or another process erased it. */
  #change(rule: RetentionRule, keys: readonly ObjectLiteral[], now: number): Promise<number> {
    const { audited } = rule
    if (!audited)
      return retried(MAX_TRIES, () =>
        this.storage.transaction((manager) => each(manager, rule, keys, now)),
      )
    return this.audit.transact(({ manager, record }) =>
      each(manager, rule, keys, now, ({ id }) =>
        record({ kind: audited, actor: 'retention', subject: String(id), decision: 'done' }),
      ),
    )
  }
}

const keyText = (row: ObjectLiteral, keys: readonly string[]): string =>
  keys.map((name) => String(row[name])).join(' ')

const each = async (
  manager: EntityManager,
  { entity, due, empty, dependents }: RetentionRule,
  keys: readonly ObjectLiteral[],
  now: number,
  changed: (key: ObjectLiteral) => void = () => {},
): Promise<number> => {
  let done = 0
  const gone: unknown[] = []
  for (const key of keys) {
    // A rule may be about a column of the key.
    const here = Object.fromEntries(
      Object.entries(key).map(([name, value]) => [name, Equal(value as unknown)]),
    )
    const still = due(now).map((where) => both(here, where))
    const { affected } = empty
      ? await manager.update(entity, still, empty)
      : await manager.delete(entity, still)
    if (affected) {
      changed(key)
      gone.push(Object.values(key)[0])
    }
    done += affected ?? 0
  }
  if (gone.length > 0)
    for (const { table, property } of dependents)
      await manager.delete(table, { [property]: In(gone) })
  return done
}
