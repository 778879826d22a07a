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
const int = (name: string): TableColumnOptions => ({ name, type: 'integer' })
const int64 = (name: string): TableColumnOptions => ({ name, type: 'bigint' })

const tables = [
  new Table({
    name: 'bot_notices',
    columns: [
      key('id', 22, 'bot_notices'),
      text('bot_id', 64),
      text('viewer_id', 22),
      text('card_id', 22),
      text('kind', 8),
      int('times'),
      int64('at'),
      text('state', 8),
      { ...text('message_id', 22), isNullable: true },
      int('attempts'),
      int64('due_at'),
      int64('created_at'),
    ],
    indices: [
      {
        name: 'ux_bot_notices_event',
        columnNames: ['bot_id', 'card_id', 'kind', 'at'],
        isUnique: true,
      },
      { name: 'ix_bot_notices_due', columnNames: ['state', 'due_at'] },
      { name: 'ix_bot_notices_message', columnNames: ['message_id'] },
      { name: 'ix_bot_notices_owner', columnNames: ['viewer_id', 'state'] },
      { name: 'ix_bot_notices_created_at', columnNames: ['created_at'] },
    ],
  }),
  new Table({
    name: 'bot_notice_cursors',
    columns: [key('stream', 8, 'bot_notice_cursors'), int64('at'), text('last_id', 22)],
  }),
]

/** Notices to owners of cards, and how far the search for events has come. */
export class BotNotices1770000008000 implements MigrationInterface {
  name = 'BotNotices1770000008000'

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await runner.dropTable(table)
  }
}
