import type { MigrationInterface, QueryRunner } from 'typeorm'

/** A table that nobody can write while a migration changes it. On SQLite that holds for the whole database. */
export interface Blocked {
  readonly table: string
  /** Measured on two cores that had other work. */
  readonly secondsPerMillionRows: { readonly sqlite: number; readonly postgres: number }
}

/** A migration of tables that may be large says for how long nobody can write. */
export interface BlockingMigration extends MigrationInterface {
  readonly blocks: readonly Blocked[]
}

export const blocksOf = (migration: object | undefined): readonly Blocked[] =>
  (migration as Partial<BlockingMigration> | undefined)?.blocks ?? []

/** What an operator reads before it runs. @returns one line for each table that has rows */
export const announced = async (
  runner: QueryRunner,
  name: string,
  blocks: readonly Blocked[],
): Promise<string[]> => {
  const postgres = runner.dataSource.options.type === 'postgres'
  const lines: string[] = []
  for (const { table, secondsPerMillionRows } of blocks) {
    if (!(await runner.hasTable(table))) continue
    const [row] = (await runner.query(`SELECT count(*) AS n FROM ${table}`)) as { n: unknown }[]
    const rows = Number(row?.n)
    if (rows === 0) continue
    const each = secondsPerMillionRows[postgres ? 'postgres' : 'sqlite']
    const seconds = Math.ceil((rows / 1_000_000) * each)
    lines.push(
      `migration ${name}: ${table} has ${rows} rows; nobody can write for about ${seconds} s (${each} s per million rows)`,
    )
  }
  return lines
}
