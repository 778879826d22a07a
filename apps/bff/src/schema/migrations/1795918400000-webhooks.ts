import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'

const id = (table: string, name = 'id') => ({
  name,
  type: 'varchar',
  length: '22',
  isPrimary: true,
  primaryKeyConstraintName: `pk_${table}`,
})
const text = (name: string, length: number, isNullable = false) => ({
  name,
  type: 'varchar',
  length: String(length),
  isNullable,
})
const time = (name: string, isNullable = false) => ({ name, type: 'bigint', isNullable })

const deliveries = new Table({
  name: 'webhook_deliveries',
  columns: [
    id('webhook_deliveries'),
    text('app_id', 64),
    text('webhook_id', 22),
    text('line', 22),
    { name: 'seq', type: 'bigint' },
    text('type', 20),
    text('card_id', 22, true),
    text('viewer_id', 22, true),
    { name: 'ids', type: 'text' },
    time('at'),
    { name: 'attempts', type: 'integer' },
    time('next_at'),
  ],
  indices: [
    new TableIndex({
      name: 'ix_webhook_deliveries_order',
      columnNames: ['webhook_id', 'line', 'seq'],
    }),
    new TableIndex({ name: 'ix_webhook_deliveries_due', columnNames: ['webhook_id', 'next_at'] }),
    new TableIndex({ name: 'ix_webhook_deliveries_viewer', columnNames: ['viewer_id'] }),
    new TableIndex({ name: 'ix_webhook_deliveries_at', columnNames: ['at'] }),
  ],
})

const states = new Table({
  name: 'webhook_states',
  columns: [
    id('webhook_states'),
    time('last_success_at', true),
    time('last_failure_at', true),
    text('last_failure', 16, true),
    text('last_failure_cause', 255, true),
    { name: 'failures', type: 'integer' },
    time('paused_until', true),
    time('disabled_at', true),
    { name: 'given_up', type: 'bigint' },
    time('last_given_up_at', true),
    text('lease_owner', 22, true),
    time('lease_until', true),
  ],
})

const expiries = new Table({
  name: 'webhook_expiries',
  columns: [
    id('webhook_expiries', 'card_id'),
    { ...time('expires_at'), isPrimary: true, primaryKeyConstraintName: 'pk_webhook_expiries' },
  ],
  indices: [
    new TableIndex({ name: 'ix_webhook_expiries_expires_at', columnNames: ['expires_at'] }),
  ],
})

/** Events for the servers of adopters. */
export class Webhooks1795918400000 implements MigrationInterface {
  name = 'Webhooks1795918400000'

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [deliveries, states, expiries]) await runner.createTable(table)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [expiries, states, deliveries]) await runner.dropTable(table)
  }
}
