import { Table, type MigrationInterface, type QueryRunner } from 'typeorm'

/** The tickets of web pages in WeCom. */
export class WebTickets1770000040000 implements MigrationInterface {
  name = 'WebTickets1770000040000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'web_tickets',
        columns: [
          {
            name: 'id',
            type: 'varchar',
            length: '70',
            isPrimary: true,
            primaryKeyConstraintName: 'pk_web_tickets',
          },
          { name: 'envelope', type: 'text', isNullable: true },
          { name: 'previous_envelope', type: 'text', isNullable: true },
          { name: 'previous_until', type: 'bigint' },
          { name: 'fetched_at', type: 'bigint' },
          { name: 'refresh_at', type: 'bigint' },
          { name: 'expires_at', type: 'bigint' },
          { name: 'lease_owner', type: 'varchar', length: '32', isNullable: true },
          { name: 'lease_until', type: 'bigint' },
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('web_tickets')
  }
}
