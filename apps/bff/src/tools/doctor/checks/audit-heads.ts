import { equal } from '@sealcard/crypto'
import type { DataSource } from 'typeorm'
import { AuditChainEntity, AuditEntryEntity } from '../../../audit/audit.entities.js'
import { entryHash, signHead } from '../../../audit/entry-hash.js'
import { Vault } from '../../../core/crypto/vault.js'
import { type Check, type DatabaseContext, ok, type Said, wrong } from '../support/check.js'

/** Chains looked at: the newest. One begins with every start of a process. */
const NEWEST = 200

/** The end of every chain: its signature, and that the entry is there and says what was signed. */
export const auditHeads: Check<DatabaseContext> = {
  name: 'audit',
  timeoutMs: 30_000,
  async run({ storage, config }) {
    const vault = new Vault(config.keyring)
    const order = { startedAt: 'DESC', id: 'DESC' } as const
    const chains = await storage.manager.find(AuditChainEntity, { order, take: NEWEST })
    const found: Said[] = []
    for (const chain of chains) {
      const what = await faultOf(storage, vault, chain)
      if (what) found.push(wrong('head-broken', what, TODO, chain.id))
    }
    if (found.length > 0) return found
    const which = chains.length < NEWEST ? `${chains.length}` : `the newest ${chains.length}`
    return [ok('heads', `the heads of ${which} chains are as they were signed`)]
  },
}

const TODO =
  'Keep a copy of the database, run sealcard audit verify with places from the log (--expect), and find out who changed it.'

const faultOf = async (storage: DataSource, vault: Vault, chain: AuditChainEntity) => {
  const { id, headSeq, headHash, headMac, sealedKey } = chain
  let key: Buffer
  try {
    const ref = { table: 'audit_chains', row: id, purpose: 'key' }
    key = Buffer.from(vault.unseal(ref, sealedKey), 'base64url')
  } catch {
    return 'the signing key cannot be unsealed: is its sealing key missing from SEALCARD_KEYRING?'
  }
  if (!equal(signHead(key, { chainId: id, seq: headSeq, hash: headHash }), headMac))
    return 'the head is not signed by this service'
  const last = await storage.manager.findOneBy(AuditEntryEntity, { chainId: id, seq: headSeq })
  if (!last) return 'the tail is cut off'
  if (last.hash !== headHash || entryHash(last) !== headHash) return 'the last entry was changed'
  return null
}
