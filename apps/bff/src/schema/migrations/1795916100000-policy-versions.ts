import { Table, type MigrationInterface, type QueryRunner } from 'typeorm'

/** The company's policy keeps its versions. The one that holds is the first of them. */
export class PolicyVersions1795916100000 implements MigrationInterface {
  name = 'PolicyVersions1795916100000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'company_policy_versions',
        columns: [
          {
            name: 'version',
            type: 'bigint',
            isPrimary: true,
            primaryKeyConstraintName: 'pk_company_policy_versions',
          },
          { name: 'rules', type: 'text' },
          { name: 'makers', type: 'integer' },
          { name: 'changed_at', type: 'bigint' },
          { name: 'changed_by', type: 'varchar', length: '64' },
          { name: 'reason', type: 'varchar', length: '150', isNullable: true },
        ],
      }),
    )
    await runner.query(`INSERT INTO company_policy_versions
      (version, rules, makers, changed_at, changed_by, reason)
      SELECT version, rules, (SELECT COUNT(*) FROM card_makers), changed_at, changed_by, NULL
      FROM company_policies WHERE version > 0`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('company_policy_versions')
  }
}
