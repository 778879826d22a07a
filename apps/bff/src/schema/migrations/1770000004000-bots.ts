import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm'

const text = (name: string, length: number): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
})
const key = (name: string, length: number, table: string): TableColumnOptions => ({
  ...text(name, length),
  isPrimary: true,
  primaryKeyConstraintName: `pk_${table}`,
})
const int64 = (name: string): TableColumnOptions => ({ name, type: 'bigint' })
const long = (name: string): TableColumnOptions => ({ name, type: 'text' })
const nullable = (column: TableColumnOptions): TableColumnOptions => ({
  ...column,
  isNullable: true,
})

const tables = [
  new Table({
    name: 'bot_callbacks',
    columns: [
      key('id', 43, 'bot_callbacks'),
      text('bot_id', 64),
      nullable(text('message_key', 43)),
      nullable(long('sealed_reply')),
      int64('at'),
    ],
    indices: [
      { name: 'ux_bot_callbacks_message', columnNames: ['message_key'], isUnique: true },
      { name: 'ix_bot_callbacks_bot', columnNames: ['bot_id', 'at'] },
      { name: 'ix_bot_callbacks_at', columnNames: ['at'] },
    ],
  }),
  new Table({
    name: 'bot_jobs',
    columns: [
      key('id', 22, 'bot_jobs'),
      text('bot_id', 64),
      text('chat_key', 43),
      int64('seq'),
      long('sealed_message'),
      nullable(long('sealed_answer')),
      text('state', 8),
      { name: 'attempts', type: 'integer' },
      int64('next_at'),
      nullable(text('lease_owner', 22)),
      int64('lease_until'),
      text('delivery', 8),
      int64('deliver_at'),
      int64('created_at'),
    ],
    indices: [
      { name: 'ux_bot_jobs_order', columnNames: ['chat_key', 'seq'], isUnique: true },
      { name: 'ix_bot_jobs_due', columnNames: ['state', 'next_at'] },
      { name: 'ix_bot_jobs_delivery', columnNames: ['delivery', 'deliver_at'] },
      { name: 'ix_bot_jobs_created_at', columnNames: ['created_at'] },
    ],
  }),
  new Table({
    name: 'bot_people',
    columns: [
      key('bot_id', 64, 'bot_people'),
      key('viewer_id', 22, 'bot_people'),
      text('language', 2),
      long('last_list'),
      int64('notified_at'),
    ],
  }),
]

export class Bots1770000004000 implements MigrationInterface {
  name = 'Bots1770000004000'

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await runner.dropTable(table)
  }
}
