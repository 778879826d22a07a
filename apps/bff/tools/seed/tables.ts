/** A table that is seeded: its columns in the order of the rows' values. */
export interface SeedTable {
  readonly name: string
  readonly columns: readonly string[]
  /** PostgreSQL's types of the columns. */
  readonly types: readonly ('text' | 'bigint' | 'int')[]
}

const table = (name: string, columns: string): SeedTable => {
  const pairs = columns.split(' ').map((column) => column.split(':'))
  return {
    name,
    columns: pairs.map(([column = '']) => column),
    types: pairs.map(([, type]) => (type === 'b' ? 'bigint' : type === 'i' ? 'int' : 'text')),
  }
}

/** `:b` marks 64-bit integers, `:i` shorter ones; the others are text. */
export const TABLES = {
  viewers: table('viewers', 'id app_id lookup sealed_key code created_at:b seen_at:b'),
  viewerKeys: table(
    'viewer_keys',
    'viewer_id current_key previous_key previous_until:b expires_at:b',
  ),
  sessions: table(
    'sessions',
    'id token_hash viewer_id app_id created_at:b expires_at:b ended_at:b',
  ),
  cards: table(
    'cards',
    'id owner_id app_id sealed_title sealed_body policy created_at:b expires_at:b revoked_at:b ' +
      'viewer_count:i open_count:i refused_count:i first_opened_at:b last_opened_at:b',
  ),
  shares: table(
    'shares',
    'id card_id sharer_id app_id platform value_hash sealed_value created_at:b share_until:b verify_until:b',
  ),
  openings: table('openings', 'id share_id card_id viewer_id session_id outcome reason at:b'),
  proofs: table('proofs', 'digest opening_id used_at:b expires_at:b'),
  cardViewers: table(
    'card_viewers',
    'card_id viewer_id opens:i first_at:b last_at:b acknowledged_at:b',
  ),
  requests: table(
    'access_requests',
    'id share_id card_id viewer_id sealed_note at:b dismissed_at:b',
  ),
  subscriptions: table(
    'card_subscriptions',
    'card_id event viewer_id language remaining:i told_until:b due_at:b attempts:i sent_at:b changed_at:b',
  ),
  noticeChoices: table('notice_choices', 'viewer_id off'),
  cardPairs: table('card_pairs', 'pair:b created_at:b card_id'),
  searchProgress: table('search_progress', 'name last_id done_at:b'),
  chains: table(
    'audit_chains',
    'id started_at:b follows_id follows_seq:b sealed_key head_seq:b head_hash head_mac',
  ),
  entries: table(
    'audit_entries',
    'chain_id seq:b at:b kind actor subject decision reason prev_hash hash',
  ),
  checkpoints: table('audit_checkpoints', 'chain_id seq:b at:b hash mac'),
} as const

export type Value = string | number | null

/** Where rows go. */
export interface Sink {
  /** Rows may wait for others until `settle`. */
  add(table: SeedTable, row: readonly Value[]): void
  /** Call it often enough that what was added since fits into memory. */
  settle(): Promise<void>
}
