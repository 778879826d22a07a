import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'

const index = (name: string, ...columnNames: string[]) => new TableIndex({ name, columnNames })

const tables = [
  new Table({
    name: 'card_subscriptions',
    columns: [
      {
        name: 'card_id',
        type: 'varchar',
        length: '22',
        isPrimary: true,
        primaryKeyConstraintName: 'pk_card_subscriptions',
      },
      {
        name: 'event',
        type: 'varchar',
        length: '10',
        isPrimary: true,
        primaryKeyConstraintName: 'pk_card_subscriptions',
      },
      { name: 'viewer_id', type: 'varchar', length: '22' },
      { name: 'language', type: 'varchar', length: '2' },
      { name: 'remaining', type: 'integer' },
      { name: 'told_until', type: 'bigint' },
      { name: 'due_at', type: 'bigint', isNullable: true },
      { name: 'attempts', type: 'integer' },
      { name: 'sent_at', type: 'bigint', isNullable: true },
      { name: 'changed_at', type: 'bigint' },
    ],
    indices: [
      index('ix_card_subscriptions_due', 'due_at'),
      index('ix_card_subscriptions_viewer', 'viewer_id'),
      index('ix_card_subscriptions_changed_at', 'changed_at'),
    ],
  }),
  new Table({
    name: 'notice_choices',
    columns: [
      {
        name: 'viewer_id',
        type: 'varchar',
        length: '22',
        isPrimary: true,
        primaryKeyConstraintName: 'pk_notice_choices',
      },
      { name: 'off', type: 'text' },
    ],
  }),
]

/** Messages that owners accepted, and what people do not want to be told. */
export class NoticesOfMembers1795903172000 implements MigrationInterface {
  name = 'NoticesOfMembers1795903172000'

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of [...tables].reverse()) await runner.dropTable(name)
  }
}
