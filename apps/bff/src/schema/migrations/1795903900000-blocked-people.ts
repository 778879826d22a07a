import { Table, TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import type { Blocked } from '../blocking.js'

const column = { name: 'blocked_at', type: 'bigint', isNullable: true }
const indices = [
  { name: 'ix_viewers_created', columnNames: ['created_at', 'id'] },
  { name: 'ix_viewers_app', columnNames: ['app_id', 'created_at', 'id'] },
]

/** Administrators list and block people. A block outlives an erasure. */
export class BlockedPeople1795903900000 implements MigrationInterface {
  name = 'BlockedPeople1795903900000'
  readonly blocks: readonly Blocked[] = [
    { table: 'viewers', secondsPerMillionRows: { sqlite: 12, postgres: 4 } },
  ]

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('viewers', new TableColumn(column))
    for (const index of indices) await runner.createIndex('viewers', new TableIndex(index))
    await runner.createTable(
      new Table({
        name: 'blocked_people',
        columns: [
          {
            name: 'trace',
            type: 'varchar',
            length: '22',
            isPrimary: true,
            primaryKeyConstraintName: 'pk_blocked_people',
          },
          { name: 'blocked_at', type: 'bigint' },
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('blocked_people')
    for (const { name } of indices) await runner.dropIndex('viewers', name)
    await runner.dropColumn('viewers', column.name)
  }
}
