import { Table, type MigrationInterface, type QueryRunner } from 'typeorm'

export class AccessTokens1770000000000 implements MigrationInterface {
  name = 'AccessTokens1770000000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'access_tokens',
        columns: [
          {
            name: 'app_id',
            type: 'varchar',
            length: '64',
            isPrimary: true,
            primaryKeyConstraintName: 'pk_access_tokens',
          },
          { name: 'envelope', type: 'text', isNullable: true },
          { name: 'fetched_at', type: 'bigint' },
          { name: 'refresh_at', type: 'bigint' },
          { name: 'expires_at', type: 'bigint' },
          { name: 'lease_owner', type: 'varchar', length: '32', isNullable: true },
          { name: 'lease_until', type: 'bigint' },
          { name: 'forced_at', type: 'bigint' },
          { name: 'forced_day', type: 'bigint' },
          { name: 'forced_count', type: 'integer' },
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('access_tokens')
  }
}
