import type { ColumnOptions, ValueTransformer } from 'typeorm'

/** SQLite gives a bigint column as a number, PostgreSQL as a string; 2^53 ms is the year 287396. */
const transformer: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => (value === null || value === undefined ? value : Number(value)),
}

/**
 * A time: integer, milliseconds since the epoch, UTC. `@Column(epoch('created_at')) createdAt: number`.
 * Any other 64-bit integer (a counter, a chain position) may use it too.
 */
export const epoch = (
  name: string,
  options: Pick<ColumnOptions, 'nullable' | 'default' | 'primary'> = {},
): ColumnOptions => ({ type: 'bigint', name, transformer, ...options })
