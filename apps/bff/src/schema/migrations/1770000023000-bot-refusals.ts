import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm'

const key = (name: string, length: number): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  isPrimary: true,
  primaryKeyConstraintName: 'pk_bot_refusals',
})
const int64 = (name: string): TableColumnOptions => ({ name, type: 'bigint' })

/** How often a bot's callbacks were refused, and why. */
export class BotRefusals1770000023000 implements MigrationInterface {
  name = 'BotRefusals1770000023000'

  async up(runner: QueryRunner): Promise<void> {
    const columns = [
      key('bot_id', 64),
      key('cause', 16),
      int64('since'),
      int64('times'),
      int64('last_at'),
      int64('seconds'),
    ]
    await runner.createTable(new Table({ name: 'bot_refusals', columns }))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('bot_refusals')
  }
}
