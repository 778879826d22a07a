import type { DataSource } from 'typeorm'
import { AuditChainEntity, AuditCheckpointEntity } from '../../src/audit/audit.entities.js'
import { entryHash, GENESIS, signCheckpoint, signHead } from '../../src/audit/entry-hash.js'
import type { Vault } from '../../src/core/crypto/vault.js'

const AT_ONCE = 2500
const COLUMNS = 'chain_id, seq, at, kind, actor, subject, decision, reason, prev_hash, hash'

/** Writes a chain of `count` entries as the service would, without its waiting. SQLite. */
export const seedAudit = async (
  storage: DataSource,
  vault: Vault,
  count: number,
): Promise<void> => {
  const id = 'seeded-chain-000000000'
  const key = Buffer.alloc(32, 5)
  const startedAt = Date.UTC(2026, 0, 1)
  const values = Array.from({ length: AT_ONCE }, () => '(?,?,?,?,?,?,?,?,?,?)').join()
  let prevHash = GENESIS
  for (let from = 0; from < count; from += AT_ONCE) {
    const checkpoints: AuditCheckpointEntity[] = []
    const parameters: unknown[] = []
    const n = Math.min(AT_ONCE, count - from)
    for (let i = 0; i < n; i++) {
      const seq = from + i + 1
      const entry = {
        chainId: id,
        seq,
        at: startedAt + (seq - 1) * 10,
        kind: 'opening',
        actor: `viewer-${String(seq % 9973).padStart(15, '0')}`,
        subject: `share-${String(seq % 4999).padStart(16, '0')}`,
        decision: seq % 7 ? 'granted' : 'refused',
        reason: seq % 7 ? '' : 'proof_not_opened',
        prevHash,
      }
      const hash = entryHash(entry)
      parameters.push(...Object.values(entry), hash)
      prevHash = hash
      if (seq % 1000 === 0) {
        const place = { chainId: id, seq, hash, at: entry.at }
        checkpoints.push({ ...place, mac: signCheckpoint(key, place) })
      }
    }
    const rows = n === AT_ONCE ? values : values.slice(0, 22 * n - 1)
    await storage.transaction(async (manager) => {
      await manager.query(`INSERT INTO audit_entries (${COLUMNS}) VALUES ${rows}`, parameters)
      if (checkpoints.length > 0) await manager.insert(AuditCheckpointEntity, checkpoints)
    })
  }
  const head = { chainId: id, seq: count, hash: prevHash }
  await storage.manager.insert(AuditChainEntity, {
    id,
    startedAt,
    followsId: null,
    followsSeq: null,
    sealedKey: vault.seal(
      { table: 'audit_chains', row: id, purpose: 'key' },
      key.toString('base64url'),
    ),
    headSeq: count,
    headHash: prevHash,
    headMac: signHead(key, head),
  })
}
