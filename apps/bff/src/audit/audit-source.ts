import { type DataSource, MoreThan } from 'typeorm'
import { AuditChainEntity, AuditCheckpointEntity, AuditEntryEntity } from './audit.entities.js'
import { type ChainLink, chainLinkOf } from './chain-anchor.js'
import { fastLinks } from './fast-verify.js'

/** Where the verification and the export read from. */
export interface AuditSource {
  /** By start, oldest first. */
  chains(): Promise<AuditChainEntity[]>
  chain(id: string): Promise<AuditChainEntity | null>
  /** By seq. */
  checkpoints(chainId: string): Promise<AuditCheckpointEntity[]>
  /** The next entries after `after`, by seq, at most `PAGE`; fewer say that there are no more. */
  entries(chainId: string, after: number): Promise<AuditEntryEntity[]>
  /** The same entries, as the verification needs them. */
  links(chainId: string, after: number): Promise<ChainLink[]>
  entry(chainId: string, seq: number): Promise<AuditEntryEntity | null>
  /** Of every entry there is, whether its chain is there or not. */
  chainIdsOfEntries(): Promise<string[]>
}

export const PAGE = 5000

export class DatabaseSource implements AuditSource {
  constructor(private readonly storage: DataSource) {}

  chains(): Promise<AuditChainEntity[]> {
    return this.storage.manager.find(AuditChainEntity, { order: { startedAt: 'ASC', id: 'ASC' } })
  }

  chain(id: string): Promise<AuditChainEntity | null> {
    return this.storage.manager.findOneBy(AuditChainEntity, { id })
  }

  checkpoints(chainId: string): Promise<AuditCheckpointEntity[]> {
    const where = { chainId }
    return this.storage.manager.find(AuditCheckpointEntity, { where, order: { seq: 'ASC' } })
  }

  entry(chainId: string, seq: number): Promise<AuditEntryEntity | null> {
    return this.storage.manager.findOneBy(AuditEntryEntity, { chainId, seq })
  }

  /** Raw rows: an entity for each of a million entries would take most of the time. */
  async entries(chainId: string, after: number): Promise<AuditEntryEntity[]> {
    const rows = await this.storage.manager
      .createQueryBuilder(AuditEntryEntity, 'e')
      .select(COLUMNS)
      .where({ chainId, seq: MoreThan(after) })
      .orderBy('e.seq', 'ASC')
      .limit(PAGE)
      .getRawMany<RawEntry>()
    // PostgreSQL gives 64-bit integers as text.
    for (const row of rows) Object.assign(row, { seq: Number(row.seq), at: Number(row.at) })
    return rows as unknown as AuditEntryEntity[]
  }

  async links(chainId: string, after: number): Promise<ChainLink[]> {
    const quick = await fastLinks(this.storage, chainId, after, PAGE)
    return quick ?? (await this.entries(chainId, after)).map(chainLinkOf)
  }

  async chainIdsOfEntries(): Promise<string[]> {
    const rows = await this.storage.manager
      .createQueryBuilder(AuditEntryEntity, 'e')
      .select('DISTINCT e.chain_id', 'chainId')
      .getRawMany<{ chainId: string }>()
    return rows.map(({ chainId }) => chainId)
  }
}

/** A row as the driver gives it. */
interface RawEntry {
  seq: number | string
  at: number | string
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
