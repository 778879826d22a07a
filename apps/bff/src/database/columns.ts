import type { ColumnOptions, ValueTransformer } from 'typeorm'

/** SQLite gives a bigint column as a number, PostgreSQL as a string; 2^53 ms is the year 287396. */
const asNumber = (): ValueTransformer => ({
  to: (value: unknown) => value,
  from: (value: unknown) => (value === null || value === undefined ? value : Number(value)),
})
const time = asNumber()
const number = asNumber()

type Options = Pick<ColumnOptions, 'nullable' | 'default'>

interface BigintColumn {
  type: 'bigint'
  name: string
  transformer: ValueTransformer
}

/** A time: integer, milliseconds since the epoch, UTC. `@Column(epoch('created_at')) createdAt: number`. */
export function epoch(name: string): BigintColumn
export function epoch(name: string, options: Options): BigintColumn & Options
export function epoch(name: string, options: Options = {}): BigintColumn & Options {
  return { type: 'bigint', name, transformer: time, ...options }
}

/** Any other integer of 64 bits: a counter, a place in a chain. */
export function int64(name: string): BigintColumn
export function int64(name: string, options: Options): BigintColumn & Options
export function int64(name: string, options: Options = {}): BigintColumn & Options {
  return { type: 'bigint', name, transformer: number, ...options }
}

/** Whether the column is declared by `epoch`. */
export const isTime = ({ transformer }: { transformer?: unknown }): boolean => transformer === time
