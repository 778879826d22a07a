import { Inject, Injectable } from '@nestjs/common'
import { PinoLogger } from 'nestjs-pino'
import { DataSource, type EntityManager } from 'typeorm'
import { RANDOM, type Random } from '../ports/random.js'
import { Vault } from '../vault/vault.js'
import { AuditChainEntity } from './audit-chain.entity.js'
import { AuditCheckpointEntity } from './audit-checkpoint.entity.js'
import { AuditEntryEntity } from './audit-entry.entity.js'
import { entryHash, GENESIS, type Place, signPlace } from './entry-hash.js'

/** What happened. Ids are ours; a state, activityId, token or openid never appears. */
export interface Fact {
  readonly kind: string
  readonly actor: string
  readonly subject: string
  readonly decision: string
  readonly reason?: string
}

const CHECKPOINT_ENTRIES = 1000
const CHECKPOINT_MS = 60_000

/** Writes this process's own chain. Not safe for concurrent use: `AuditLog` calls it one at a time. */
@Injectable()
export class ChainWriter {
  readonly #chainId: string
  readonly #key: Buffer
  /** Unknown before the first entry and after a failure. */
  #head: Place | undefined
  #checkpoint = { seq: 0, at: 0 }

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    private readonly logger: PinoLogger,
    @Inject(RANDOM) random: Random,
  ) {
    this.#chainId = random.id()
    this.#key = random.bytes(32)
    logger.setContext('audit')
  }

  forget(): void {
    this.#head = undefined
  }

  /** @returns what to call once the transaction is committed */
  async append(manager: EntityManager, facts: readonly Fact[], at: number): Promise<() => void> {
    if (facts.length === 0) return () => {}
    const start = this.#head ?? (await this.#load(manager))
    let head = start ?? (await this.#firstPlace(manager))
    const follows = start ? undefined : head
    if (!start) head = { chainId: this.#chainId, seq: 0, hash: head.hash }
    const entries = facts.map((fact) => {
      const entry = {
        reason: '',
        ...fact,
        chainId: this.#chainId,
        seq: head.seq + 1,
        at,
        prevHash: head.hash,
      }
      const hash = entryHash(entry)
      head = { chainId: this.#chainId, seq: entry.seq, hash }
      return { ...entry, hash }
    })
    await manager.insert(AuditEntryEntity, entries)
    const signed = {
      headSeq: head.seq,
      headHash: head.hash,
      headMac: signPlace(this.#key, 'head', head),
    }
    if (follows) await this.#start(manager, follows, at, signed)
    else await manager.update(AuditChainEntity, { id: this.#chainId }, signed)
    const due = this.#due(head, at)
    if (due) await this.#insertCheckpoint(manager, head, at)
    return () => {
      this.#head = head
      if (due) this.#announce(head, at)
    }
  }

  async checkpointIfDue(at: number): Promise<void> {
    if (
      this.#head &&
      this.#head.seq > this.#checkpoint.seq &&
      at - this.#checkpoint.at >= CHECKPOINT_MS
    ) {
      await this.checkpoint(at)
    }
  }

  async checkpoint(at: number): Promise<void> {
    const head = this.#head
    if (!head || head.seq === this.#checkpoint.seq) return
    await this.#insertCheckpoint(this.storage.manager, head, at)
    this.#announce(head, at)
  }

  #due(head: Place, at: number): boolean {
    return (
      head.seq - this.#checkpoint.seq >= CHECKPOINT_ENTRIES ||
      (this.#checkpoint.at > 0 && at - this.#checkpoint.at >= CHECKPOINT_MS)
    )
  }

  async #insertCheckpoint(manager: EntityManager, head: Place, at: number): Promise<void> {
    const mac = signPlace(this.#key, 'checkpoint', head)
    await manager.insert(AuditCheckpointEntity, { ...head, at, mac })
  }

  /** Into the log as well: whoever keeps the log can show later that a chain was cut. */
  #announce(head: Place, at: number): void {
    this.#checkpoint = { seq: head.seq, at }
    this.logger.info({ ...head, mac: signPlace(this.#key, 'checkpoint', head) }, 'audit checkpoint')
  }

  async #load(manager: EntityManager): Promise<Place | undefined> {
    const chain = await manager.findOneBy(AuditChainEntity, { id: this.#chainId })
    return chain ? { chainId: chain.id, seq: chain.headSeq, hash: chain.headHash } : undefined
  }

  /** Where the newest other chain stands: this one continues from there, so that removing that one shows. */
  async #firstPlace(manager: EntityManager): Promise<Place> {
    const [newest] = await manager.find(AuditChainEntity, {
      order: { startedAt: 'DESC', id: 'DESC' },
      take: 1,
    })
    if (!newest) return { chainId: '', seq: 0, hash: GENESIS }
    return { chainId: newest.id, seq: newest.headSeq, hash: newest.headHash }
  }

  async #start(
    manager: EntityManager,
    follows: Place,
    at: number,
    signed: Pick<AuditChainEntity, 'headSeq' | 'headHash' | 'headMac'>,
  ): Promise<void> {
    const ref = { table: 'audit_chains', row: this.#chainId, purpose: 'key' }
    await manager.insert(AuditChainEntity, {
      id: this.#chainId,
      startedAt: at,
      followsId: follows.chainId || null,
      followsSeq: follows.chainId ? follows.seq : null,
      sealedKey: this.vault.seal(ref, this.#key.toString('base64url')),
      ...signed,
    })
    this.#checkpoint = { seq: 0, at }
  }
}
