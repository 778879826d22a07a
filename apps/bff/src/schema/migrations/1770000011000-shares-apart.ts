import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import type { Blocked } from '../blocking.js'

const index = { name: 'ux_shares_value', columnNames: ['value_hash'], isUnique: true }

/** No proof counts for two shares. Where two shares have one value already, a proof counts for neither. */
export class SharesApart1770000011000 implements MigrationInterface {
  name = 'SharesApart1770000011000'
  readonly blocks: readonly Blocked[] = [
    { table: 'shares', secondsPerMillionRows: { sqlite: 6, postgres: 8 } },
  ]

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE shares SET value_hash = 'ambiguous:' || id, sealed_value = NULL
        WHERE value_hash IN (SELECT value_hash FROM shares GROUP BY value_hash HAVING count(*) > 1)`,
    )
    await runner.createIndex('shares', new TableIndex(index))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('shares', index.name)
  }
}
