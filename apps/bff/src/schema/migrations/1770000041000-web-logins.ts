import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'

/** Logins in web pages that were begun. */
export class WebLogins1770000041000 implements MigrationInterface {
  name = 'WebLogins1770000041000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'web_logins',
        columns: [
          {
            name: 'state_hash',
            type: 'varchar',
            length: '43',
            isPrimary: true,
            primaryKeyConstraintName: 'pk_web_logins',
          },
          { name: 'browser_hash', type: 'varchar', length: '43' },
          { name: 'app_id', type: 'varchar', length: '64' },
          { name: 'return_to', type: 'varchar', length: '1024' },
          { name: 'via', type: 'varchar', length: '8' },
          { name: 'attempt', type: 'integer' },
          { name: 'expires_at', type: 'bigint' },
          { name: 'used_at', type: 'bigint', isNullable: true },
        ],
        indices: [
          new TableIndex({ name: 'ix_web_logins_expires_at', columnNames: ['expires_at'] }),
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('web_logins')
  }
}
