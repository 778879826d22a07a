import type { DataSource, ObjectLiteral } from 'typeorm'
import { isTime } from './columns.js'
import {
  type ColumnPolicy,
  policyOfColumn,
  policyOfTable,
  type RetentionRule,
  type TablePolicy,
  ageless,
  type Retention,
} from './data-policy.js'

/** A column with what its entity declares. */
export interface ColumnData extends Omit<ColumnPolicy, 'until' | 'personal'> {
  /** The column's name in the database, and the entity's property. */
  readonly column: string
  readonly property: string
  readonly until: Retention
  readonly personal: boolean
  readonly nullable: boolean
  /** It holds milliseconds since the epoch. */
  readonly isTime: boolean
}

/** A table with what its entity declares. */
export interface TableData {
  readonly entity: new () => ObjectLiteral
  readonly table: string
  /** Properties of the primary key. */
  readonly keys: readonly string[]
  readonly policy: TablePolicy<ObjectLiteral>
  readonly columns: readonly ColumnData[]
}

/**
 * Every table of the data source with its policy, by name.
 * @throws TypeError that names every fault: with a missing policy the service does not know what to erase
 */
export const dataMap = (storage: DataSource): TableData[] => {
  const { tables, faults } = read(storage)
  if (faults.length > 0) throw new TypeError(`data policy: ${faults.join('; ')}`)
  return tables
}

/** What is missing in the policies of all entities, or contradicts itself. Empty when all is well. */
export const policyFaults = (storage: DataSource): string[] => read(storage).faults

const read = (storage: DataSource): { tables: TableData[]; faults: string[] } => {
  const tables: TableData[] = []
  const faults: string[] = []
  for (const { target, tableName, columns, primaryColumns } of storage.entityMetadatas) {
    const policy = policyOfTable(target)
    if (!policy || typeof target !== 'function') {
      faults.push(`${tableName} has no @DataPolicy`)
      continue
    }
    const known: ColumnData[] = []
    for (const column of columns) {
      const declared = policyOfColumn(column.target, column.propertyName)
      if (!declared) faults.push(`${tableName}.${column.databaseName} has no @Purpose`)
      else
        known.push({
          ...declared,
          column: column.databaseName,
          property: column.propertyName,
          until: declared.until ?? policy.until,
          personal: declared.personal === true || declared.person !== undefined,
          nullable: column.isNullable,
          isTime: isTime(column),
        })
    }
    const table: TableData = {
      entity: target as new () => ObjectLiteral,
      table: tableName,
      keys: primaryColumns.map(({ propertyName }) => propertyName),
      policy,
      columns: known,
    }
    tables.push(table)
    const wrong = [...personFaults(table), ...sealFaults(table), ...retentionFaults(table)]
    faults.push(...wrong.map((fault) => `${tableName}${fault}`))
  }
  for (const { table, policy } of tables)
    for (const { name, after } of policy.retention ?? []) {
      const before = tables.find((one) => one.table === after)?.policy.retention
      if (after !== undefined && (!before || before.some((rule) => rule.after !== undefined)))
        faults.push(`${table}: the rule ${name} runs after ${after}, which has no rule before it`)
    }
  tables.sort((a, b) => (a.table < b.table ? -1 : 1))
  return { tables, faults: faults.sort() }
}

function* personFaults({ policy, columns }: TableData): Iterable<string> {
  const person = columns.find((one) => one.person !== undefined)
  const personal = columns.find((one) => one.personal)
  const { erasure, administrators } = policy
  if (person && !erasure) yield `.${person.column} names a person: the table needs an erasure`
  if (erasure && !person) yield ' has an erasure and no column that names a person'
  if (erasure && administrators) yield ' is about a person or about administrators, not both'
  if (personal && !person && !administrators)
    yield `.${personal.column} is personal, and no column names the person`
  for (const { column, erased, nullable } of columns) {
    if (erased && erasure !== 'columns') yield `.${column} is erased only by the erasure 'columns'`
    if (erased === 'null' && !nullable) yield `.${column} is erased and cannot be null`
  }
  const left = columns.filter((one) => one.person !== undefined && one.erased === undefined)
  if (erasure === 'columns' && left[0])
    yield `.${left[0].column} names a person after the erasure 'columns'`
}

function* sealFaults({ keys, columns }: TableData): Iterable<string> {
  for (const { column, purpose, sealed } of columns) {
    const isNamedSo = /sealed|envelope/.test(column) || /\bsealed\b/.test(purpose)
    if (isNamedSo && !sealed) yield `.${column} is called sealed, and its policy does not say so`
    if (sealed && keys.length !== 1) yield `.${column} is sealed: the table needs one primary key`
  }
}

/** The word that a rule keeps. */
export const wordOf = (rule: RetentionRule<ObjectLiteral>, policy: TablePolicy<ObjectLiteral>) =>
  rule.until ?? policy.until

function* retentionFaults({ keys, policy, columns }: TableData): Iterable<string> {
  const rules = policy.retention ?? []
  for (const { column, until, nullable } of columns) {
    if (ageless.includes(until)) continue
    const own = rules.filter((rule) => wordOf(rule, policy) === until)
    if (own.length === 0) yield `.${column} stays '${until}', and no rule of the table says when`
    if (!nullable && own.some(({ blank }) => blank)) yield `.${column} cannot become null`
  }
  for (const rule of rules) {
    const word = wordOf(rule, policy)
    const own = columns.filter(({ until }) => until === word)
    if (own.length === 0) yield `: the rule ${rule.name} keeps '${word}', which no column has`
    if (rule.blank && !own.some(({ property }) => property === rule.blank))
      yield `: the rule ${rule.name} blanks ${rule.blank}, which does not stay '${word}'`
    if (rule.audited && keys.join() !== 'id') yield `: the rule ${rule.name} is audited by id`
    const times = columns.filter((one) => one.isTime).map(({ property }) => property)
    for (const due of rule.due)
      if ('since' in due && !times.includes(due.since))
        yield `: the rule ${rule.name} counts from ${due.since}, which is no time`
  }
}
