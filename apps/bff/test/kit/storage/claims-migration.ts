import { Table, type MigrationInterface, type QueryRunner } from 'typeorm'

export class Claims1700000000000 implements MigrationInterface {
  name = 'Claims1700000000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'claims',
        columns: [
          {
            name: 'id',
            type: 'varchar',
            length: '64',
            isPrimary: true,
            primaryKeyConstraintName: 'pk_claims',
          },
          { name: 'state', type: 'varchar', length: '16' },
          { name: 'claimed_at', type: 'bigint' },
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('claims')
  }
}
