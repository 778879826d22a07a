import type { DataSource } from 'typeorm'
import type { Vault } from '../core/crypto/vault.js'
import { type AuditSource, DatabaseSource, PAGE } from './audit-source.js'
import type { AuditChainEntity } from './audit.entities.js'
import type { ChainLink } from './chain-anchor.js'
import { ChainCheck, type Fault } from './chain-check.js'
import type { Place } from './entry-hash.js'

export interface AuditReport {
  readonly chains: number
  readonly entries: number
  readonly faults: readonly Fault[]
}

export interface VerifyOptions {
  /** Places noted outside the database, e.g. in the log. They show faults that the database alone cannot show. */
  readonly expected?: readonly Place[]
  /** Called after each page, with the entries checked and those there are. */
  readonly progress?: (entries: number, total: number) => void
}

/** `checkAudit` over the service's database. Reads only; the service may run at the same time. */
export const verifyAudit = (
  storage: DataSource,
  vault: Vault,
  options: VerifyOptions = {},
): Promise<AuditReport> => checkAudit(new DatabaseSource(storage), vault, options)

/**
 * Checks every chain: each entry against its hash and the entry before it; each checkpoint and head against its
 * signature; each place that one chain states of another against that other chain.
 */
export const checkAudit = async (
  source: AuditSource,
  vault: Vault,
  { expected = [], progress }: VerifyOptions = {},
): Promise<AuditReport> => {
  const chains = await source.chains()
  const total = chains.reduce((sum, { headSeq }) => sum + headSeq, 0)
  const places = [...expected]
  const faults: Fault[] = []
  let entries = 0
  for (const chain of chains) {
    const check = await start(source, chain, vault, places)
    const next = (page: readonly ChainLink[]) => {
      for (const entry of page) {
        check.next(entry)
        if (entry.anchor) places.push(entry.anchor)
      }
      entries += page.length
    }
    for await (const page of pages(source, chain.id)) {
      next(page)
      progress?.(entries, total)
    }
    // The head is read last: a running service only adds entries.
    const head = await source.chain(chain.id)
    for await (const page of pages(source, chain.id, check.seq, head?.headSeq ?? 0)) next(page)
    faults.push(...check.end(head))
  }
  faults.push(...(await missing(source, places)), ...(await strays(source)))
  return { chains: chains.length, entries, faults }
}

const start = async (
  source: AuditSource,
  chain: AuditChainEntity,
  vault: Vault,
  places: Place[],
) => {
  const first = await source.entry(chain.id, 1)
  const check = new ChainCheck(chain, vault, first, await source.checkpoints(chain.id))
  if (chain.followsId !== null && chain.followsSeq !== null && first) {
    places.push({ chainId: chain.followsId, seq: chain.followsSeq, hash: first.prevHash })
  }
  return check
}

/** Every entry of a chain after `after`, up to `to`. The next page is read while this one is hashed. */
async function* pages(
  source: AuditSource,
  chainId: string,
  after = 0,
  to = Infinity,
): AsyncGenerator<ChainLink[]> {
  if (after >= to) return
  for (let reading = source.links(chainId, after), last = false; !last;) {
    const page = await reading
    const end = page.at(-1)?.seq ?? to
    last = page.length < PAGE || end >= to
    if (!last) reading = source.links(chainId, end)
    yield to === Infinity ? page : page.filter(({ seq }) => seq <= to)
  }
}

/** What was signed or noted elsewhere and is not there. What is there was checked against its own chain before. */
const missing = async (source: AuditSource, places: readonly Place[]): Promise<Fault[]> => {
  const faults: Fault[] = []
  for (const { chainId, seq, hash } of places) {
    const entry = await source.entry(chainId, seq)
    if (entry?.hash === hash && (await source.chain(chainId))) continue
    const what = entry
      ? 'is not what was signed or noted'
      : (await source.chain(chainId))
        ? 'an entry that was signed or noted is missing'
        : 'the chain is missing'
    faults.push({ chainId, seq, what })
  }
  return faults
}

/** Entries whose chain is missing. Entries are read before the chains: a chain may begin between the two reads. */
const strays = async (source: AuditSource): Promise<Fault[]> => {
  const ids = await source.chainIdsOfEntries()
  const known = new Set((await source.chains()).map(({ id }) => id))
  return ids
    .filter((id) => !known.has(id))
    .map((chainId) => ({ chainId, seq: 1, what: 'entries of a chain that is not there' }))
}
