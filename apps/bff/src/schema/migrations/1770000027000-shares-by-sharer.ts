import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import type { Blocked } from '../blocking.js'

const index = { name: 'ix_shares_sharer', columnNames: ['sharer_id', 'created_at'] }

/** A limit counts the shares that a person made. */
export class SharesBySharer1770000027000 implements MigrationInterface {
  name = 'SharesBySharer1770000027000'
  readonly blocks: readonly Blocked[] = [
    { table: 'shares', secondsPerMillionRows: { sqlite: 3, postgres: 4 } },
  ]

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('shares', new TableIndex(index))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('shares', index.name)
  }
}
