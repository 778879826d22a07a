import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import type { Blocked } from '../blocking.js'

/** What a person did besides opening cards. Without the index the query reads all their openings. */
const index = new TableIndex({
  name: 'ix_audit_entries_actor_kind',
  columnNames: ['actor', 'kind', 'at', 'chain_id', 'seq'],
  where: "kind <> 'opening'",
})

export class AuditOfActors1770000007000 implements MigrationInterface {
  name = 'AuditOfActors1770000007000'
  readonly blocks: readonly Blocked[] = [
    { table: 'audit_entries', secondsPerMillionRows: { sqlite: 1, postgres: 3 } },
  ]

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('audit_entries', index)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('audit_entries', index.name ?? '')
  }
}
