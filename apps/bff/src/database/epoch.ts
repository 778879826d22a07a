import type { ColumnOptions, ValueTransformer } from 'typeorm'

/** SQLite gives a bigint column as a number, PostgreSQL as a string; 2^53 ms is the year 287396. */
const transformer: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => (value === null || value === undefined ? value : Number(value)),
}

type EpochOptions = Pick<ColumnOptions, 'nullable' | 'default'>

interface EpochColumn {
  type: 'bigint'
  name: string
  transformer: ValueTransformer
}

/**
 * A time: integer, milliseconds since the epoch, UTC. `@Column(epoch('created_at')) createdAt: number`, or
 * `@PrimaryColumn(epoch('seq'))`: any other 64-bit integer (a counter, a chain position) may use it too.
 */
export function epoch(name: string): EpochColumn
export function epoch(name: string, options: EpochOptions): EpochColumn & EpochOptions
export function epoch(name: string, options: EpochOptions = {}): EpochColumn & EpochOptions {
  return { type: 'bigint', name, transformer, ...options }
}
