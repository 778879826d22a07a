import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'

const pairs = (table: string, id: string, index: string) =>
  new Table({
    name: table,
    // The primary key is the table: a second copy of it would double the largest table of all.
    withoutRowid: true,
    columns: [
      { name: 'pair', type: 'bigint' },
      { name: 'created_at', type: 'bigint' },
      { name: id, type: 'varchar', length: '22' },
    ].map((column) => ({ ...column, isPrimary: true, primaryKeyConstraintName: `pk_${table}` })),
    indices: [new TableIndex({ name: index, columnNames: [id] })],
  })

/** Titles and names can be searched. A job fills the tables after the start. */
export class SearchPairs1795905000000 implements MigrationInterface {
  name = 'SearchPairs1795905000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(pairs('card_pairs', 'card_id', 'ix_card_pairs_card'))
    await runner.createTable(pairs('viewer_pairs', 'viewer_id', 'ix_viewer_pairs_viewer'))
    await runner.createTable(
      new Table({
        name: 'search_progress',
        columns: [
          {
            name: 'name',
            type: 'varchar',
            length: '32',
            isPrimary: true,
            primaryKeyConstraintName: 'pk_search_progress',
          },
          { name: 'last_id', type: 'varchar', length: '64' },
          { name: 'done_at', type: 'bigint', isNullable: true },
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['search_progress', 'viewer_pairs', 'card_pairs'])
      await runner.dropTable(table)
  }
}
