import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'

/** Who asked for access. */
export class AccessRequests1795902203000 implements MigrationInterface {
  name = 'AccessRequests1795902203000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'access_requests',
        columns: [
          {
            name: 'id',
            type: 'varchar',
            length: '22',
            isPrimary: true,
            primaryKeyConstraintName: 'pk_access_requests',
          },
          { name: 'share_id', type: 'varchar', length: '64' },
          { name: 'card_id', type: 'varchar', length: '22', isNullable: true },
          { name: 'viewer_id', type: 'varchar', length: '22' },
          { name: 'sealed_note', type: 'text', isNullable: true },
          { name: 'at', type: 'bigint' },
          { name: 'dismissed_at', type: 'bigint', isNullable: true },
        ],
        indices: [
          new TableIndex({
            name: 'ix_access_requests_card',
            columnNames: ['card_id', 'at', 'id'],
          }),
          new TableIndex({ name: 'ix_access_requests_viewer', columnNames: ['viewer_id', 'at'] }),
          new TableIndex({ name: 'ix_access_requests_order', columnNames: ['at', 'id'] }),
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('access_requests')
  }
}
