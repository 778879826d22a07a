import {
  Table,
  type MigrationInterface,
  type QueryRunner,
  type TableColumnOptions,
  type TableIndexOptions,
} from 'typeorm'

/** `pk` names the table whose primary key the column belongs to. */
const text = (name: string, length: number, pk?: string): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  ...(pk && { isPrimary: true, primaryKeyConstraintName: `pk_${pk}` }),
})
const int64 = (name: string, pk?: string): TableColumnOptions => ({
  name,
  type: 'bigint',
  ...(pk && { isPrimary: true, primaryKeyConstraintName: `pk_${pk}` }),
})
const count = (name: string): TableColumnOptions => ({ name, type: 'integer' })
const long = (name: string): TableColumnOptions => ({ name, type: 'text' })
const nullable = (column: TableColumnOptions): TableColumnOptions => ({
  ...column,
  isNullable: true,
})
const index = (name: string, ...columnNames: string[]): TableIndexOptions => ({ name, columnNames })
const unique = (name: string, ...columnNames: string[]): TableIndexOptions => ({
  name,
  columnNames,
  isUnique: true,
})

const ID = 22
const DIGEST = 43

const tables = [
  new Table({
    name: 'peppers',
    columns: [text('name', 32, 'peppers'), long('sealed_key'), int64('created_at')],
  }),
  new Table({
    name: 'viewers',
    columns: [
      text('id', ID, 'viewers'),
      text('app_id', 64),
      text('lookup', DIGEST),
      long('sealed_key'),
      int64('created_at'),
      int64('seen_at'),
    ],
    indices: [unique('ux_viewers_lookup', 'lookup')],
  }),
  new Table({
    name: 'viewer_keys',
    columns: [
      text('viewer_id', ID, 'viewer_keys'),
      long('current_key'),
      nullable(long('previous_key')),
      nullable(int64('previous_until')),
      int64('expires_at'),
    ],
    indices: [index('ix_viewer_keys_expires_at', 'expires_at')],
  }),
  new Table({
    name: 'sessions',
    columns: [
      text('id', ID, 'sessions'),
      text('token_hash', DIGEST),
      text('viewer_id', ID),
      text('app_id', 64),
      int64('created_at'),
      int64('expires_at'),
      nullable(int64('ended_at')),
    ],
    indices: [
      unique('ux_sessions_token_hash', 'token_hash'),
      index('ix_sessions_viewer_id', 'viewer_id', 'created_at'),
      index('ix_sessions_expires_at', 'expires_at'),
    ],
  }),
  new Table({
    name: 'cards',
    columns: [
      text('id', ID, 'cards'),
      text('owner_id', ID),
      text('app_id', 64),
      nullable(long('sealed_title')),
      nullable(long('sealed_body')),
      long('policy'),
      int64('created_at'),
      nullable(int64('expires_at')),
      nullable(int64('revoked_at')),
      count('viewer_count'),
      count('open_count'),
      count('refused_count'),
      nullable(int64('first_opened_at')),
      nullable(int64('last_opened_at')),
      nullable(text('share_lease', ID)),
      nullable(int64('share_lease_until')),
    ],
    indices: [
      index('ix_cards_owner', 'owner_id', 'created_at', 'id'),
      index('ix_cards_revoked_at', 'revoked_at'),
      index('ix_cards_expires_at', 'expires_at'),
    ],
  }),
  new Table({
    name: 'idempotency_keys',
    columns: [
      text('id', DIGEST, 'idempotency_keys'),
      text('body_hash', DIGEST),
      text('card_id', ID),
      int64('created_at'),
    ],
    indices: [index('ix_idempotency_keys_created_at', 'created_at')],
  }),
  new Table({
    name: 'shares',
    columns: [
      text('id', ID, 'shares'),
      text('card_id', ID),
      text('sharer_id', ID),
      text('app_id', 64),
      text('platform', 8),
      text('value_hash', DIGEST),
      nullable(long('sealed_value')),
      int64('created_at'),
      int64('share_until'),
      int64('verify_until'),
    ],
    indices: [
      index('ix_shares_card', 'card_id', 'sharer_id', 'share_until'),
      index('ix_shares_share_until', 'share_until'),
      index('ix_shares_verify_until', 'verify_until'),
    ],
  }),
  new Table({
    name: 'openings',
    columns: [
      text('id', ID, 'openings'),
      nullable(text('share_id', ID)),
      nullable(text('card_id', ID)),
      text('viewer_id', ID),
      text('session_id', ID),
      text('outcome', 8),
      nullable(text('reason', 32)),
      int64('at'),
    ],
    indices: [
      index('ix_openings_session', 'session_id', 'outcome', 'at'),
      index('ix_openings_viewer', 'viewer_id', 'outcome', 'at'),
      index('ix_openings_card', 'card_id', 'at'),
      index('ix_openings_at', 'at'),
    ],
  }),
  new Table({
    name: 'proofs',
    columns: [
      text('digest', DIGEST, 'proofs'),
      text('session_id', ID),
      text('opening_id', ID),
      int64('used_at'),
      int64('expires_at'),
    ],
    indices: [index('ix_proofs_expires_at', 'expires_at')],
  }),
  new Table({
    name: 'card_viewers',
    columns: [
      text('card_id', ID, 'card_viewers'),
      text('viewer_id', ID, 'card_viewers'),
      count('opens'),
      int64('first_at'),
      int64('last_at'),
      nullable(int64('acknowledged_at')),
    ],
    indices: [
      index('ix_card_viewers_roster', 'card_id', 'first_at', 'viewer_id'),
      index('ix_card_viewers_received', 'viewer_id', 'first_at', 'card_id'),
      index('ix_card_viewers_last_at', 'last_at'),
    ],
  }),
  new Table({
    name: 'audit_chains',
    columns: [
      text('id', ID, 'audit_chains'),
      int64('started_at'),
      nullable(text('follows_id', ID)),
      nullable(int64('follows_seq')),
      long('sealed_key'),
      int64('head_seq'),
      text('head_hash', 64),
      text('head_mac', DIGEST),
    ],
  }),
  new Table({
    name: 'audit_entries',
    columns: [
      text('chain_id', ID, 'audit_entries'),
      int64('seq', 'audit_entries'),
      int64('at'),
      text('kind', 32),
      text('actor', 64),
      text('subject', 64),
      text('decision', 16),
      text('reason', 255),
      text('prev_hash', 64),
      text('hash', 64),
    ],
    indices: [index('ix_audit_entries_at', 'at')],
  }),
  new Table({
    name: 'audit_checkpoints',
    columns: [
      text('chain_id', ID, 'audit_checkpoints'),
      int64('seq', 'audit_checkpoints'),
      int64('at'),
      text('hash', 64),
      text('mac', DIGEST),
    ],
  }),
]

export class Members1770000001000 implements MigrationInterface {
  name = 'Members1770000001000'

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await runner.dropTable(table)
  }
}
