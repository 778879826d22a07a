import { type DataSource, type FindOptionsWhere, type ObjectLiteral, Raw } from 'typeorm'
import { type ColumnData, dataMap, type TableData } from '../database/data-map.js'
import { PERSON_TABLES } from './across-tables.js'

/** A table with rows about people, from the policies at the entities. */
export interface PersonTable extends TableData {
  /** The rows about the person with this id of ours. */
  readonly where: (person: string) => FindOptionsWhere<ObjectLiteral>[]
  /** What erasing the person does to them: `pseudonym` stands for an id that no row has. */
  readonly erasure: 'delete' | 'keep' | ((pseudonym: string) => ObjectLiteral)
  /** What the person reads instead of what they may not read of a row. */
  readonly withheld: (row: ObjectLiteral, person: string) => ObjectLiteral
}

const WITHHELD = '(withheld)'

/**
 * Every table that names a person in a column, in this order of names.
 * @throws TypeError for a table without a place in that order, or with a wrong one
 */
export const personTables = (
  storage: DataSource,
  order: readonly string[] = PERSON_TABLES,
): PersonTable[] => {
  const tables = dataMap(storage).filter(({ policy }) => policy.erasure !== undefined)
  const names = tables.map(({ table }) => table)
  if ([...names].sort().join() !== [...order].sort().join())
    throw new TypeError(`PERSON_TABLES must name these tables, once each: ${names.join(', ')}`)
  const place = (table: string) => order.indexOf(table)
  for (const { table, columns } of tables)
    for (const { person } of columns)
      if (typeof person === 'object' && place(person.table) < place(table))
        throw new TypeError(
          `PERSON_TABLES: rows of ${table} are found through ${person.table}; it goes later`,
        )
  return tables.sort((a, b) => place(a.table) - place(b.table)).map(asPersonTable)
}

const asPersonTable = (table: TableData): PersonTable => {
  const { columns, policy } = table
  const naming = columns.filter(({ person }) => person !== undefined)
  const erased = columns.filter((column) => column.erased !== undefined)
  return {
    ...table,
    where: (person) => naming.map((column) => ({ [column.property]: namedBy(column, person) })),
    erasure:
      policy.erasure === 'columns'
        ? (pseudonym) =>
            Object.fromEntries(
              erased.map((one) => [one.property, one.erased === 'null' ? null : pseudonym]),
            )
        : (policy.erasure ?? 'keep'),
    withheld: (row, person) =>
      Object.fromEntries(
        columns.flatMap(({ property, withheld = [] }) => {
          const first = withheld.find(({ when }) => when?.(row as never, person) ?? true)
          return first ? [[property, first.instead?.(String(row[property])) ?? WITHHELD]] : []
        }),
      ),
  }
}

const namedBy = ({ person }: ColumnData, id: string) => {
  if (typeof person !== 'object') return id
  const { table, column, person: owner } = person
  const select = `SELECT ${table}.${column} FROM ${table} WHERE ${table}.${owner}`
  return Raw((own) => `${own} IN (${select} = :person)`, { person: id })
}
