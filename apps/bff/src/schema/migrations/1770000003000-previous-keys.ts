import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import type { Blocked } from '../blocking.js'

/** Finds the previous session keys whose time is over, every half a minute. */
export class PreviousKeys1770000003000 implements MigrationInterface {
  name = 'PreviousKeys1770000003000'
  readonly blocks: readonly Blocked[] = [
    { table: 'viewer_keys', secondsPerMillionRows: { sqlite: 2, postgres: 4 } },
  ]

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex(
      'viewer_keys',
      new TableIndex({ name: 'ix_viewer_keys_previous_until', columnNames: ['previous_until'] }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('viewer_keys', 'ix_viewer_keys_previous_until')
  }
}
