import { verifyAudit } from '../../../apps/bff/src/audit/verify-audit.js'
import { Secret } from '../../../apps/bff/src/core/config/secret.js'
import { Vault } from '../../../apps/bff/src/core/crypto/vault.js'
import { createDataSource } from '../../../apps/bff/src/schema/data-source.js'

/** Something that the service said was done, and where the disk's log stood when it had said so. */
export interface Acknowledged {
  at: number
  kind: 'card' | 'share' | 'revocation' | 'opening' | 'acknowledgement' | 'session' | 'callback'
  /** Of a session, the hash of its token; of a callback, the key of its message; of an acknowledgement, the opening. */
  id: string
  /** A card's content. */
  body?: string
}

const HOLDS: Record<Acknowledged['kind'], string> = {
  card: 'SELECT id, sealed_body FROM cards',
  share: 'SELECT id FROM shares',
  revocation: 'SELECT id FROM cards WHERE revoked_at IS NOT NULL',
  opening: "SELECT id FROM openings WHERE outcome = 'granted'",
  acknowledgement: `SELECT o.id FROM openings AS o JOIN card_viewers AS v
    ON v.card_id = o.card_id AND v.viewer_id = o.viewer_id WHERE v.acknowledged_at IS NOT NULL`,
  session: 'SELECT token_hash AS id FROM sessions',
  callback: 'SELECT message_key AS id FROM bot_callbacks WHERE message_key IS NOT NULL',
}
/** The kind of audit entry that records it. The entry of an opening names its share. */
const TOLD: Partial<Record<Acknowledged['kind'], string>> = {
  card: 'card.create',
  share: 'share.create',
  revocation: 'card.revoke',
}

/** Cards whose counters and rows disagree: a view is counted twice, or not at all. */
const MISCOUNTED = `SELECT c.id FROM cards AS c WHERE
  c.open_count <> (SELECT count(*) FROM openings AS o
    WHERE o.card_id = c.id AND o.outcome = 'granted')
  OR c.open_count <> (SELECT coalesce(sum(v.opens), 0) FROM card_viewers AS v
    WHERE v.card_id = c.id)
  OR c.viewer_count <> (SELECT count(*) FROM card_viewers AS v WHERE v.card_id = c.id)`

export interface Found {
  integrity: string
  /** Cards whose views are counted wrongly. */
  miscounted: string[]
  /** What was acknowledged and is not there, or not whole. */
  lost: string[]
  auditFaults: unknown[]
}

/** Opens what the power left, as the service would, and looks for everything acknowledged. */
export const inspect = async (
  file: string,
  sealingKey: string,
  acknowledged: readonly Acknowledged[],
): Promise<Found> => {
  const storage = await createDataSource(
    { kind: 'sqlite', file, engine: 'sqlite3' },
    { readers: 1 },
  ).initialize()
  const vault = new Vault({ keys: [{ id: 'k1', secret: new Secret(sealingKey) }] })
  try {
    const [{ integrity_check: integrity }] = await storage.query('PRAGMA integrity_check')
    const tables = await storage.query("SELECT name FROM sqlite_master WHERE name = 'cards'")
    if (integrity !== 'ok' || tables.length === 0) {
      return {
        integrity,
        miscounted: [],
        lost: acknowledged.map(({ kind, id }) => `${kind} ${id}`),
        auditFaults: [],
      }
    }
    const lost = await missing(storage, vault, acknowledged)
    const { faults } = await verifyAudit(storage, vault)
    const cards: { id: string }[] = await storage.query(MISCOUNTED)
    const miscounted = cards.map(({ id }) => id)
    return { integrity, miscounted, lost, auditFaults: [...faults] }
  } finally {
    await storage.destroy()
  }
}

const missing = async (
  storage: ReturnType<typeof createDataSource>,
  vault: Vault,
  acknowledged: readonly Acknowledged[],
): Promise<string[]> => {
  const lost: string[] = []
  for (const kind of Object.keys(HOLDS) as Acknowledged['kind'][]) {
    const rows: Record<string, string>[] = await storage.query(HOLDS[kind])
    const held = new Map(rows.map((row) => [row['id'], row]))
    const entries: { subject: string }[] = await storage.query(
      'SELECT subject FROM audit_entries WHERE kind = ?',
      [TOLD[kind] ?? ''],
    )
    const told = new Set(entries.map(({ subject }) => subject))
    for (const { id, body } of acknowledged.filter((one) => one.kind === kind)) {
      const row = held.get(id)
      if (!row) lost.push(`${kind} ${id}`)
      else if (TOLD[kind] && !told.has(id)) lost.push(`audit entry of ${kind} ${id}`)
      else if (body !== undefined) {
        const ref = { table: 'cards', row: id, purpose: 'body' }
        if (vault.unseal(ref, String(row['sealed_body'])) !== body) lost.push(`text of card ${id}`)
      }
    }
  }
  return lost
}
