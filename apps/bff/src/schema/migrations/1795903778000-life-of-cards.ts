import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm'
import type { Blocked } from '../blocking.js'

const columns = {
  cards: [{ name: 'deleted_at', type: 'bigint', isNullable: true }],
  shares: [
    { name: 'sealed_label', type: 'text', isNullable: true },
    { name: 'label_hash', type: 'varchar', length: '43', isNullable: true },
  ],
  card_viewers: [{ name: 'share_id', type: 'varchar', length: '22', isNullable: true }],
}

/** Cards that their owners delete, labels of shares, and through which share a reader came. */
export class LifeOfCards1795903778000 implements MigrationInterface {
  name = 'LifeOfCards1795903778000'
  readonly blocks: readonly Blocked[] = [
    { table: 'cards', secondsPerMillionRows: { sqlite: 54, postgres: 1 } },
    { table: 'shares', secondsPerMillionRows: { sqlite: 36, postgres: 1 } },
    { table: 'card_viewers', secondsPerMillionRows: { sqlite: 16, postgres: 20 } },
  ]

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, added] of Object.entries(columns))
      await runner.addColumns(
        table,
        added.map((column) => new TableColumn(column)),
      )
    // The first opening of a reader has the time of their row.
    await runner.query(
      `UPDATE card_viewers SET share_id = (SELECT o.share_id FROM openings AS o
        WHERE o.card_id = card_viewers.card_id AND o.outcome = 'granted'
          AND o.at = card_viewers.first_at AND o.viewer_id = card_viewers.viewer_id LIMIT 1)`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, added] of Object.entries(columns))
      await runner.dropColumns(
        table,
        added.map(({ name }) => name),
      )
  }
}
