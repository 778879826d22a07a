import { Table, TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import type { Blocked } from '../blocking.js'

const columns = {
  cards: [
    { name: 'sealed_reference', type: 'text', isNullable: true },
    { name: 'sealed_data', type: 'text', isNullable: true },
  ],
  automation_tokens: [{ name: 'app_id', type: 'varchar', length: '64', isNullable: true }],
}
const indices = [
  { name: 'ux_receipt_keys_number', columnNames: ['number'], isUnique: true },
  { name: 'ix_receipt_keys_expires_at', columnNames: ['expires_at'] },
]

/** Cards that stand for something of an adopter's, tokens of their servers, and the keys that sign receipts. */
export class ServersOfAdopters1795915740000 implements MigrationInterface {
  name = 'ServersOfAdopters1795915740000'
  readonly blocks: readonly Blocked[] = [
    { table: 'cards', secondsPerMillionRows: { sqlite: 54, postgres: 1 } },
  ]

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, added] of Object.entries(columns))
      await runner.addColumns(
        table,
        added.map((column) => new TableColumn(column)),
      )
    await runner.createTable(
      new Table({
        name: 'receipt_keys',
        columns: [
          {
            name: 'id',
            type: 'varchar',
            length: '22',
            isPrimary: true,
            primaryKeyConstraintName: 'pk_receipt_keys',
          },
          { name: 'number', type: 'integer' },
          { name: 'public_key', type: 'varchar', length: '43' },
          { name: 'sealed_key', type: 'text' },
          { name: 'used_from', type: 'bigint' },
          { name: 'used_until', type: 'bigint' },
          { name: 'expires_at', type: 'bigint' },
        ],
      }),
    )
    for (const index of indices) await runner.createIndex('receipt_keys', new TableIndex(index))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('receipt_keys')
    for (const [table, added] of Object.entries(columns))
      await runner.dropColumns(
        table,
        added.map(({ name }) => name),
      )
  }
}
