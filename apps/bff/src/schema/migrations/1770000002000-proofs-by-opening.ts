import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm'
import type { Blocked } from '../blocking.js'

/** The person whose opening it is may send a proof again, in any session. */
export class ProofsByOpening1770000002000 implements MigrationInterface {
  name = 'ProofsByOpening1770000002000'
  readonly blocks: readonly Blocked[] = [
    { table: 'proofs', secondsPerMillionRows: { sqlite: 12, postgres: 1 } },
  ]

  async up(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('proofs', 'session_id')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.addColumn(
      'proofs',
      new TableColumn({ name: 'session_id', type: 'varchar', length: '22', default: "'-'" }),
    )
  }
}
