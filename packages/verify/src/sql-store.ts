import type { Claim, ClaimOutcome, StoredShare, VerifyStore } from './store.js'

const DIALECTS = ['postgres', 'sqlite'] as const

export type SqlDialect = (typeof DIALECTS)[number]

export interface SqlStoreOptions {
  readonly dialect: SqlDialect
  /** Runs one statement. @returns its rows: of `pg`, `(await pool.query(sql, params)).rows` */
  readonly query: (sql: string, params: (string | number | null)[]) => Promise<unknown[]>
}

const TABLES = [
  `CREATE TABLE IF NOT EXISTS sealcard_shares (app TEXT NOT NULL, id TEXT NOT NULL, card_id TEXT NOT NULL,
    value_hash TEXT NOT NULL, share_until BIGINT NOT NULL, verify_until BIGINT NOT NULL, expires_at BIGINT,
    max_viewers BIGINT, max_opens BIGINT, PRIMARY KEY (app, id))`,
  `CREATE TABLE IF NOT EXISTS sealcard_revocations (app TEXT NOT NULL, card_id TEXT NOT NULL,
    at BIGINT NOT NULL, PRIMARY KEY (app, card_id))`,
  // A row is a used proof and a view in one. The numbers make it collide with another that took the same place.
  `CREATE TABLE IF NOT EXISTS sealcard_openings (app TEXT NOT NULL, proof TEXT NOT NULL, card_id TEXT NOT NULL,
    viewer_id TEXT NOT NULL, viewer_no BIGINT NOT NULL, open_no BIGINT NOT NULL, at BIGINT NOT NULL,
    PRIMARY KEY (app, proof), UNIQUE (app, card_id, viewer_id, open_no),
    UNIQUE (app, card_id, viewer_no, open_no))`,
]

/** The place that the next view of this viewer takes: $1 app, $2 card, $3 viewer. */
const PLACE = `SELECT
  COALESCE(
    (SELECT MIN(viewer_no) FROM sealcard_openings WHERE app = $1 AND card_id = $2 AND viewer_id = $3),
    (SELECT COALESCE(MAX(viewer_no), 0) + 1 FROM sealcard_openings WHERE app = $1 AND card_id = $2)
  ) AS viewer_no,
  (SELECT COALESCE(MAX(open_no), 0) + 1 FROM sealcard_openings
    WHERE app = $1 AND card_id = $2 AND viewer_id = $3) AS open_no`
const USED = 'EXISTS (SELECT 1 FROM sealcard_openings WHERE app = $1 AND proof = $4)'
const REVOKED = 'EXISTS (SELECT 1 FROM sealcard_revocations WHERE app = $1 AND card_id = $2)'
const FULL = '(place.open_no > $5 OR (place.open_no = 1 AND place.viewer_no > $6))'

const CLAIM = `INSERT INTO sealcard_openings (app, card_id, viewer_id, proof, viewer_no, open_no, at)
  SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), place.viewer_no, place.open_no,
    CAST($7 AS BIGINT)
  FROM (${PLACE}) AS place WHERE NOT ${FULL} AND NOT ${REVOKED} ON CONFLICT DO NOTHING RETURNING proof`
const WHY = `SELECT CASE WHEN ${USED} THEN 'proof_used' WHEN ${REVOKED} THEN 'card_revoked'
  WHEN ${FULL} THEN 'view_limit' ELSE 'again' END AS why FROM (${PLACE}) AS place`

/** Of claims of one card at once, each round lets at least one through. */
const MOST_ROUNDS = 200

/**
 * Keeps everything in three tables. Each step is one statement, so a pool serves and no transaction is needed.
 * `setUp` makes the tables. It needs PostgreSQL, or SQLite 3.35.
 * @throws TypeError that names the option
 */
export const createSqlStore = ({
  dialect,
  query,
}: SqlStoreOptions): VerifyStore & { setUp(): Promise<void> } => {
  if (!DIALECTS.includes(dialect)) throw new TypeError('dialect must be postgres or sqlite')
  if (typeof query !== 'function')
    throw new TypeError('query must be a function that runs a statement and answers its rows')
  const run = (sql: string, params: (string | number | null)[]) =>
    query(dialect === 'sqlite' ? sql.replace(/\$(\d)/g, '?$1') : sql, params)
  const claimOnce = async (claim: Claim): Promise<ClaimOutcome | 'again'> => {
    const { app, proof, cardId, viewerId, at, maxViewers, maxOpensPerViewer } = claim
    const most = [maxOpensPerViewer, maxViewers].map((limit) => limit ?? Number.MAX_SAFE_INTEGER)
    const params = [app, cardId, viewerId, proof, ...most]
    if ((await run(CLAIM, [...params, at])).length === 1) return 'won'
    const [row] = (await run(WHY, params)) as { why: ClaimOutcome | 'again' }[]
    return row?.why ?? 'again'
  }
  return {
    setUp: async () => {
      for (const table of TABLES) await run(table, [])
    },
    declare: async (share) => {
      const { app, id, cardId, valueHash, shareUntil, verifyUntil } = share
      const { expiresAt, maxViewers, maxOpensPerViewer } = share
      await run('INSERT INTO sealcard_shares VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
        ...[app, id, cardId, valueHash, shareUntil, verifyUntil],
        ...[expiresAt, maxViewers, maxOpensPerViewer],
      ])
    },
    find: async (app, shareId) => {
      const rows = await run(
        `SELECT s.*, r.at AS revoked_at FROM sealcard_shares AS s
        LEFT JOIN sealcard_revocations AS r ON r.app = s.app AND r.card_id = s.card_id
        WHERE s.app = $1 AND s.id = $2`,
        [app, shareId],
      )
      return rows.length === 0 ? null : shareOf(rows[0] as Row)
    },
    revoke: async (app, cardId, at) => {
      await run('INSERT INTO sealcard_revocations VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        ...[app, cardId, at],
      ])
    },
    claim: async (claim) => {
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const outcome = await claimOnce(claim)
        if (outcome !== 'again') return outcome
      }
      throw new Error('too many claims of one card at once')
    },
  }
}

type Row = Record<string, string | number | null>

/** PostgreSQL answers a BIGINT as a text. */
const shareOf = (row: Row): StoredShare => {
  const number = (name: string) => (row[name] === null ? null : Number(row[name]))
  return {
    app: String(row.app),
    id: String(row.id),
    cardId: String(row.card_id),
    valueHash: String(row.value_hash),
    shareUntil: Number(row.share_until),
    verifyUntil: Number(row.verify_until),
    expiresAt: number('expires_at'),
    maxViewers: number('max_viewers'),
    maxOpensPerViewer: number('max_opens'),
    revokedAt: number('revoked_at'),
  }
}
