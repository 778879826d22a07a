import type { AuditSource } from '../../src/audit/audit-source.js'
import type {
  AuditChainEntity,
  AuditCheckpointEntity,
  AuditEntryEntity,
} from '../../src/audit/audit.entities.js'
import { chainLinkOf } from '../../src/audit/chain-anchor.js'

/** An audit in memory, to be tampered with. Rows lie in no order, as in a database. */
export class MemoryAudit implements AuditSource {
  constructor(
    readonly rows: AuditEntryEntity[],
    readonly heads: AuditChainEntity[],
    readonly signed: AuditCheckpointEntity[],
  ) {}

  /** Of its own: what is changed in the copy stays as it was here. */
  copy(): MemoryAudit {
    const copies = <T extends object>(all: readonly T[]) => all.map((one) => ({ ...one }))
    return new MemoryAudit(copies(this.rows), copies(this.heads), copies(this.signed))
  }

  async chains() {
    return [...this.heads].sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))
  }

  async chain(id: string) {
    return this.heads.find((one) => one.id === id) ?? null
  }

  async checkpoints(chainId: string) {
    return this.signed.filter((one) => one.chainId === chainId)
  }

  async entries(chainId: string, after: number) {
    return this.rows
      .filter((one) => one.chainId === chainId && one.seq > after)
      .sort((a, b) => a.seq - b.seq)
  }

  async links(chainId: string, after: number) {
    return (await this.entries(chainId, after)).map(chainLinkOf)
  }

  async entry(chainId: string, seq: number) {
    return this.rows.find((one) => one.chainId === chainId && one.seq === seq) ?? null
  }

  async chainIdsOfEntries() {
    return [...new Set(this.rows.map(({ chainId }) => chainId))]
  }
}
