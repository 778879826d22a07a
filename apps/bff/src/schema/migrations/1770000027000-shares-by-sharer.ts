import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'

const index = { name: 'ix_shares_sharer', columnNames: ['sharer_id', 'created_at'] }

/** What a person makes is counted by its rows. */
export class SharesBySharer1770000027000 implements MigrationInterface {
  name = 'SharesBySharer1770000027000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('shares', new TableIndex(index))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('shares', index.name)
  }
}
