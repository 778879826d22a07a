import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm'

const key = (column: TableColumnOptions): TableColumnOptions => ({
  ...column,
  isPrimary: true,
  primaryKeyConstraintName: 'pk_hour_counts',
})

const table = new Table({
  name: 'hour_counts',
  columns: [
    key({ name: 'hour', type: 'bigint' }),
    key({ name: 'app_id', type: 'varchar', length: '64' }),
    key({ name: 'what', type: 'varchar', length: '48' }),
    { name: 'n', type: 'bigint' },
  ],
})

/** Sums of the finished hours of today, so that figures need not read all of the day. */
export class HourCounts1770000009000 implements MigrationInterface {
  name = 'HourCounts1770000009000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(table)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(table)
  }
}
