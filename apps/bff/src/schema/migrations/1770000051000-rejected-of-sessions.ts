import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import type { Blocked } from '../blocking.js'

const NAME = 'ix_openings_session'
const rejected = new TableIndex({
  name: NAME,
  columnNames: ['session_id', 'at'],
  where: "outcome = 'rejected'",
})
const all = new TableIndex({ name: NAME, columnNames: ['session_id', 'outcome', 'at'] })

/** The limit of a session counts rejected openings only. A granted one writes no entry of this index any more. */
export class RejectedOfSessions1770000051000 implements MigrationInterface {
  name = 'RejectedOfSessions1770000051000'
  readonly blocks: readonly Blocked[] = [
    { table: 'openings', secondsPerMillionRows: { sqlite: 2, postgres: 6 } },
  ]

  async up(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('openings', NAME)
    await runner.createIndex('openings', rejected)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('openings', NAME)
    await runner.createIndex('openings', all)
  }
}
