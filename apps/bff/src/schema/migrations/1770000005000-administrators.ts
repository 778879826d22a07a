import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm'

const text = (name: string, length: number): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
})
const key = (name: string, length: number, table: string): TableColumnOptions => ({
  ...text(name, length),
  isPrimary: true,
  primaryKeyConstraintName: `pk_${table}`,
})
const int64 = (name: string): TableColumnOptions => ({ name, type: 'bigint' })
const long = (name: string): TableColumnOptions => ({ name, type: 'text' })
const nullable = (column: TableColumnOptions): TableColumnOptions => ({
  ...column,
  isNullable: true,
})
const index = (table: string, column: string) => ({
  name: `ix_${table}_${column}`,
  columnNames: [column],
})
const unique = (table: string, column: string) => ({
  name: `ux_${table}_${column}`,
  columnNames: [column],
  isUnique: true,
})

const tables = [
  new Table({
    name: 'admin_accounts',
    columns: [
      key('id', 22, 'admin_accounts'),
      text('name', 64),
      text('role', 16),
      nullable(text('password_hash', 255)),
      nullable(long('sealed_totp')),
      nullable(long('sealed_next_totp')),
      int64('totp_step'),
      int64('created_at'),
      text('created_by', 64),
      nullable(int64('last_login_at')),
      nullable(int64('disabled_at')),
    ],
    indices: [unique('admin_accounts', 'name'), index('admin_accounts', 'disabled_at')],
  }),
  new Table({
    name: 'admin_sessions',
    columns: [
      key('id', 22, 'admin_sessions'),
      text('token_hash', 43),
      text('account_id', 22),
      int64('created_at'),
      int64('seen_at'),
      nullable(int64('ended_at')),
    ],
    indices: [
      unique('admin_sessions', 'token_hash'),
      index('admin_sessions', 'account_id'),
      index('admin_sessions', 'created_at'),
    ],
  }),
  new Table({
    name: 'automation_tokens',
    columns: [
      key('id', 22, 'automation_tokens'),
      text('name', 64),
      text('token_hash', 43),
      text('role', 16),
      int64('created_at'),
      text('created_by', 64),
      int64('expires_at'),
      nullable(int64('last_used_at')),
      nullable(int64('revoked_at')),
    ],
    indices: [
      unique('automation_tokens', 'token_hash'),
      index('automation_tokens', 'created_at'),
      index('automation_tokens', 'expires_at'),
    ],
  }),
  new Table({
    name: 'admin_setup_tokens',
    columns: [
      key('account_id', 22, 'admin_setup_tokens'),
      text('token_hash', 43),
      int64('expires_at'),
      nullable(int64('used_at')),
    ],
    indices: [
      unique('admin_setup_tokens', 'token_hash'),
      index('admin_setup_tokens', 'expires_at'),
    ],
  }),
  new Table({
    name: 'admin_login_lanes',
    columns: [
      key('lane', 43, 'admin_login_lanes'),
      { name: 'failures', type: 'integer' },
      int64('blocked_until'),
      int64('last_at'),
    ],
    indices: [index('admin_login_lanes', 'last_at')],
  }),
]

export class Administrators1770000005000 implements MigrationInterface {
  name = 'Administrators1770000005000'

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await runner.dropTable(table)
  }
}
