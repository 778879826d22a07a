import { type DataSource, MoreThan } from 'typeorm'
import type { Vault } from '../vault/vault.js'
import { AuditChainEntity } from './audit-chain.entity.js'
import { AuditCheckpointEntity } from './audit-checkpoint.entity.js'
import { AuditEntryEntity } from './audit-entry.entity.js'
import { ChainCheck, type Fault } from './chain-check.js'
import { GENESIS, type Place } from './entry-hash.js'

const PAGE = 5000

export interface AuditReport {
  readonly chains: number
  readonly entries: number
  readonly faults: readonly Fault[]
}

/**
 * Checks every chain: each entry against its hash and the one before it, each checkpoint and head against its
 * signature, each chain against the one it follows. Reads only.
 * @param expected places that were noted outside, e.g. in the log: they show what nobody inside can
 * @param progress called after each page with the number of entries so far
 */
export async function verifyAudit(
  storage: DataSource,
  vault: Vault,
  {
    expected = [],
    progress,
  }: { expected?: readonly Place[]; progress?: (entries: number) => void } = {},
): Promise<AuditReport> {
  const { manager } = storage
  const chains = await manager.find(AuditChainEntity, { order: { startedAt: 'ASC', id: 'ASC' } })
  const faults: Fault[] = []
  let entries = 0
  const wanted = new Map<string, Place[]>()
  const want = (place: Place) =>
    wanted.set(place.chainId, [...(wanted.get(place.chainId) ?? []), place])
  expected.forEach(want)
  // What a chain follows is known by the prevHash of its first entry: that is a place in another chain.
  const starts = new Map<string, string>()
  for (const chain of chains) {
    const first = await manager.findOneBy(AuditEntryEntity, { chainId: chain.id, seq: 1 })
    starts.set(chain.id, first?.prevHash ?? GENESIS)
    if (chain.followsId !== null && chain.followsSeq !== null && first) {
      want({ chainId: chain.followsId, seq: chain.followsSeq, hash: first.prevHash })
    } else if (first && first.prevHash !== GENESIS) {
      faults.push({
        chainId: chain.id,
        seq: 1,
        what: 'does not start where the chain says it starts',
      })
    }
  }
  for (const chain of chains) {
    const checkpoints = await manager.findBy(AuditCheckpointEntity, { chainId: chain.id })
    const check = new ChainCheck(chain, vault, starts.get(chain.id) ?? GENESIS, [
      ...checkpoints,
      ...(wanted.get(chain.id) ?? []),
    ])
    wanted.delete(chain.id)
    // The next page is read while this one is hashed.
    for (let reading = readPage(storage, chain.id, 0), last = false; !last;) {
      const page = await reading
      last = page.length < PAGE
      if (!last) reading = readPage(storage, chain.id, page.at(-1)?.seq ?? 0)
      for (const entry of page) check.next(entry)
      entries += page.length
      progress?.(entries)
    }
    // The head is read last: a service that runs meanwhile only adds.
    const head = await manager.findOneBy(AuditChainEntity, { id: chain.id })
    for (const entry of await tail(storage, chain.id, check.seq, head?.headSeq ?? 0)) {
      check.next(entry)
      entries += 1
    }
    faults.push(...check.end(head))
  }
  for (const [chainId, places] of wanted) {
    for (const { seq } of places) faults.push({ chainId, seq, what: 'the chain is missing' })
  }
  faults.push(...(await strays(storage, chains)))
  return { chains: chains.length, entries, faults }
}

/** Raw rows: an entity for each of a million entries would take most of the time. */
async function readPage(
  storage: DataSource,
  chainId: string,
  after: number,
): Promise<AuditEntryEntity[]> {
  const rows = await storage.manager
    .createQueryBuilder(AuditEntryEntity, 'e')
    .select(COLUMNS)
    .where({ chainId, seq: MoreThan(after) })
    .orderBy('e.seq', 'ASC')
    .limit(PAGE)
    .getRawMany<AuditEntryEntity>()
  for (const row of rows) {
    // PostgreSQL gives 64-bit integers as text.
    row.seq = Number(row.seq)
    row.at = Number(row.at)
  }
  return rows
}

const COLUMNS = [
  'e.chain_id AS "chainId"',
  'e.seq AS "seq"',
  'e.at AS "at"',
  'e.kind AS "kind"',
  'e.actor AS "actor"',
  'e.subject AS "subject"',
  'e.decision AS "decision"',
  'e.reason AS "reason"',
  'e.prev_hash AS "prevHash"',
  'e.hash AS "hash"',
]

async function tail(storage: DataSource, chainId: string, from: number, to: number) {
  const all: AuditEntryEntity[] = []
  for (let seq = from; seq < to;) {
    const page = (await readPage(storage, chainId, seq)).filter((entry) => entry.seq <= to)
    if (page.length === 0) break
    all.push(...page)
    seq = page.at(-1)?.seq ?? to
  }
  return all
}

/** Entries of a chain that is not there. */
async function strays(storage: DataSource, chains: readonly AuditChainEntity[]): Promise<Fault[]> {
  const rows = await storage.manager
    .createQueryBuilder(AuditEntryEntity, 'e')
    .select('DISTINCT e.chain_id', 'chainId')
    .getRawMany<{ chainId: string }>()
  const known = new Set(chains.map(({ id }) => id))
  return rows
    .filter(({ chainId }) => !known.has(chainId))
    .map(({ chainId }) => ({ chainId, seq: 1, what: 'entries of a chain that is not there' }))
}
