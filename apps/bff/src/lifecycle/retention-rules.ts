import {
  And,
  type DataSource,
  type FindOperator,
  type FindOptionsWhere,
  IsNull,
  LessThanOrEqual,
  MoreThan,
  Not,
  type ObjectLiteral,
} from 'typeorm'
import { dataMap, type TableData, wordOf } from '../database/data-map.js'
import type { Aged, Condition, RetentionRule as Declared } from '../database/data-policy.js'
import type { Retention } from '../database/retentions.js'

type Where = FindOptionsWhere<ObjectLiteral>

/** What becomes of the rows of a table that have served a purpose. */
export interface RetentionRule {
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
  const { name, blank, audited } = rule
  const retention = wordOf(rule, policy)
  const blanked = columns.filter(({ until }) => until === retention)
  return {
    name,
    retention,
    entity,
    keys,
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
export const both = (one: Where, other: Where): Where => {
  const result = { ...one }
  for (const [name, value] of Object.entries(other))
    result[name] =
      name in one
        ? And(one[name] as FindOperator<unknown>, value as FindOperator<unknown>)
        : (value as unknown)
  return result
}
