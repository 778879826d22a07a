import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm'

/** Who made an invitation or a reset. The one-time token ends with its maker. */
export class GiversOfSetups1770000021000 implements MigrationInterface {
  name = 'GiversOfSetups1770000021000'

  async up(runner: QueryRunner): Promise<void> {
    const createdBy = { name: 'created_by', type: 'varchar', length: '64', isNullable: true }
    await runner.addColumn('admin_setup_tokens', new TableColumn(createdBy))
    // An account has one row: a new token replaces the one before.
    await runner.query(
      `UPDATE admin_setup_tokens SET created_by = (
         SELECT e.actor FROM audit_entries e
         WHERE e.subject = admin_setup_tokens.account_id
           AND e.kind IN ('admin.create', 'admin.reset') AND e.decision = 'done'
         ORDER BY e.at DESC, e.chain_id DESC, e.seq DESC LIMIT 1)`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('admin_setup_tokens', 'created_by')
  }
}
