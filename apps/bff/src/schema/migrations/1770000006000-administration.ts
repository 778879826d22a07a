import {
  Table,
  TableIndex,
  type MigrationInterface,
  type QueryRunner,
  type TableColumnOptions,
} from 'typeorm'
import type { Blocked } from '../blocking.js'

const text = (name: string, length: number): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
})
const int64 = (name: string): TableColumnOptions => ({ name, type: 'bigint' })
const key = (column: TableColumnOptions, table: string): TableColumnOptions => ({
  ...column,
  isPrimary: true,
  primaryKeyConstraintName: `pk_${table}`,
})
const nullable = (column: TableColumnOptions): TableColumnOptions => ({
  ...column,
  isNullable: true,
})

const tables = [
  new Table({
    name: 'company_policies',
    columns: [
      key(text('id', 16), 'company_policies'),
      int64('version'),
      { name: 'rules', type: 'text' },
      int64('changed_at'),
      text('changed_by', 64),
    ],
  }),
  new Table({
    name: 'card_makers',
    columns: [key(text('viewer_id', 22), 'card_makers')],
  }),
  new Table({
    name: 'day_counts',
    columns: [
      key(int64('day'), 'day_counts'),
      key(text('app_id', 64), 'day_counts'),
      key(text('what', 48), 'day_counts'),
      int64('n'),
    ],
  }),
  new Table({
    name: 'work_leases',
    columns: [
      key(text('name', 32), 'work_leases'),
      nullable(text('owner', 22)),
      int64('held_until'),
    ],
  }),
]

const REVOKED = 'revoked_at IS NOT NULL'
const TIMED = 'revoked_at IS NULL AND expires_at IS NOT NULL'
const ENDLESS = 'revoked_at IS NULL AND expires_at IS NULL'

const index = (table: string, name: string, columnNames: string[], where?: string) => ({
  table,
  index: new TableIndex({ name, columnNames, ...(where !== undefined && { where }) }),
})

/** The indexes of the administrators' lists: see the entities. */
const added = [
  index('cards', 'ix_cards_created', ['created_at', 'id']),
  index('cards', 'ix_cards_revoked', ['created_at', 'id'], REVOKED),
  index('cards', 'ix_cards_timed', ['created_at', 'id', 'expires_at'], TIMED),
  index('cards', 'ix_cards_endless', ['created_at', 'id'], ENDLESS),
  index('cards', 'ix_cards_app', ['app_id', 'created_at', 'id']),
  index('cards', 'ix_cards_app_revoked', ['app_id', 'created_at', 'id'], REVOKED),
  index('cards', 'ix_cards_app_timed', ['app_id', 'created_at', 'id', 'expires_at'], TIMED),
  index('cards', 'ix_cards_app_endless', ['app_id', 'created_at', 'id'], ENDLESS),
  index('openings', 'ix_openings_order', ['at', 'id']),
  index('openings', 'ix_openings_outcome', ['outcome', 'at', 'id']),
  index('openings', 'ix_openings_of_viewer', ['viewer_id', 'outcome', 'at', 'id']),
  index('openings', 'ix_openings_of_card', ['card_id', 'outcome', 'at', 'id']),
  index('sessions', 'ix_sessions_created', ['created_at', 'id']),
  index('sessions', 'ix_sessions_of_viewer', ['viewer_id', 'created_at', 'id']),
  index('audit_entries', 'ix_audit_entries_order', ['at', 'chain_id', 'seq']),
  index('audit_entries', 'ix_audit_entries_actor', ['actor', 'at', 'chain_id', 'seq']),
  index('audit_entries', 'ix_audit_entries_subject', ['subject', 'at', 'chain_id', 'seq']),
  index(
    'audit_entries',
    'ix_audit_entries_kind',
    ['kind', 'at', 'chain_id', 'seq'],
    "kind <> 'opening'",
  ),
]

/** An index above begins with each of these, or serves as well once the outcome is named. */
const replaced = [
  index('openings', 'ix_openings_at', ['at']),
  index('openings', 'ix_openings_card', ['card_id', 'at']),
  index('openings', 'ix_openings_viewer', ['viewer_id', 'outcome', 'at']),
  index('sessions', 'ix_sessions_viewer_id', ['viewer_id', 'created_at']),
  index('audit_entries', 'ix_audit_entries_at', ['at']),
]

/** Policy, day counts and indexes for the administrators' lists. */
export class Administration1770000006000 implements MigrationInterface {
  name = 'Administration1770000006000'
  readonly blocks: readonly Blocked[] = [
    { table: 'cards', secondsPerMillionRows: { sqlite: 6, postgres: 9 } },
    { table: 'openings', secondsPerMillionRows: { sqlite: 12, postgres: 20 } },
    { table: 'sessions', secondsPerMillionRows: { sqlite: 6, postgres: 8 } },
    { table: 'audit_entries', secondsPerMillionRows: { sqlite: 8, postgres: 10 } },
  ]

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table)
    for (const { table, index } of added) await runner.createIndex(table, index)
    for (const { table, index } of replaced) await runner.dropIndex(table, index.name ?? '')
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table, index } of replaced) await runner.createIndex(table, index)
    for (const { table, index } of [...added].reverse())
      await runner.dropIndex(table, index.name ?? '')
    for (const table of [...tables].reverse()) await runner.dropTable(table)
  }
}
