import { Inject, Injectable } from '@nestjs/common'
import { PinoLogger } from 'nestjs-pino'
import { DataSource, type EntityManager } from 'typeorm'
import { Vault } from '../core/crypto/vault.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { MINUTE } from '../core/time.js'
import { type Statement, Statements } from '../database/statements.js'
import { isUniqueViolation } from '../database/storage-error.js'
import { AuditChainEntity, AuditCheckpointEntity, type Fact } from './audit.entities.js'
import { headsAtStart, unseen, anchorFact } from './chain-anchor.js'
import { AuditBrokenError, ChainHead } from './chain-head.js'
import { entryHash, GENESIS, type Place, signCheckpoint, signHead } from './entry-hash.js'

/** Where checkpoints are written outside the database: the service's log. */
export interface CheckpointLog {
  setContext(name: string): void
  info(fields: object, what: string): void
  /** A command has none: it fails with the same words. */
  error?(fields: object, what: string): void
}

const CHECKPOINT_ENTRIES = 1000
const CHECKPOINT_MS = MINUTE

/** Also true when the clock was set back. Otherwise no checkpoint is signed until the clock reaches the old time. */
const passed = (since: number, at: number) => Math.abs(at - since) >= CHECKPOINT_MS

/** Writes this process's own chain. Not safe for concurrent use: `AuditLog` calls it one at a time. */
@Injectable()
export class ChainWriter {
  readonly #chainId: string
  readonly #key: Buffer
  readonly #head: ChainHead
  #checkpoint = { seq: 0, at: 0 }
  /** When other processes' chains were last looked for, and those this chain states something about. */
  #lookedAt = 0
  readonly #seen = new Set<string>()
  readonly #insertEntries: Statement<never>
  readonly #moveHead: Statement<never>

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    @Inject(PinoLogger) private readonly logger: CheckpointLog,
    @Inject(RANDOM) random: Random,
  ) {
    this.#chainId = random.id()
    this.#key = random.bytes(32)
    this.#head = new ChainHead(this.#chainId, this.#key)
    logger.setContext('audit')
    const sql = new Statements(storage)
    this.#insertEntries = sql.insert('audit_entries', {
      chain_id: 'varchar',
      seq: 'bigint',
      at: 'bigint',
      kind: 'varchar',
      actor: 'varchar',
      subject: 'varchar',
      decision: 'varchar',
      reason: 'varchar',
      prev_hash: 'varchar',
      hash: 'varchar',
    })
    this.#moveHead = sql.write(
      'UPDATE audit_chains SET head_seq = $2, head_hash = $3, head_mac = $4 WHERE id = $1',
    )
  }

  /** A commit failed, and may have arrived nevertheless: the head is read anew. */
  markUncertain(): void {
    this.#head.markUncertain()
  }

  /** @returns what to call once the transaction is committed */
  async append(manager: EntityManager, facts: readonly Fact[], at: number): Promise<() => void> {
    if (facts.length === 0) return () => {}
    const start = await this.#current(manager)
    const others = start ? undefined : await headsAtStart(manager, this.#chainId, at)
    let head = start ?? { chainId: this.#chainId, seq: 0, hash: others?.follows?.hash ?? GENESIS }
    const told = [...(others?.unstated ?? []).map(anchorFact), ...facts]
    const entries = told.map((fact) => {
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
    const rows = entries.map((e) => [
      e.chainId,
      e.seq,
      e.at,
      e.kind,
      e.actor,
      e.subject,
      e.decision,
      e.reason,
      e.prevHash,
      e.hash,
    ])
    await this.#insertEntries.run([rows], manager)
    const signed = {
      headSeq: head.seq,
      headHash: head.hash,
      headMac: signHead(this.#key, head),
    }
    if (others) await this.#start(manager, others.follows, at, signed)
    else {
      const { headSeq, headHash, headMac } = signed
      await this.#moveHead.run([this.#chainId, headSeq, headHash, headMac], manager)
    }
    const due = this.#due(head, at)
    if (due) await this.#insertCheckpoint(manager, head, at)
    return () => {
      this.#head.committed(head)
      for (const id of others?.known ?? []) this.#seen.add(id)
      for (const { kind, subject } of told) if (kind === 'audit.witness') this.#seen.add(subject)
      if (due) this.#announce(head, at)
    }
  }

  /** Once a minute: what this chain is to state about chains of other processes that it has not seen yet. */
  async anchor(manager: EntityManager, at: number): Promise<readonly Fact[]> {
    if (!passed(this.#lookedAt, at) || !(await this.#current(manager))) return []
    this.#lookedAt = at
    const others = await unseen(manager, this.#chainId, this.#seen)
    return others.map(anchorFact)
  }

  async checkpointIfDue(at: number): Promise<void> {
    if (passed(this.#checkpoint.at, at)) await this.checkpoint(at)
  }

  async checkpoint(at: number): Promise<void> {
    const { manager } = this.storage
    const head = await this.#current(manager)
    if (!head || head.seq === this.#checkpoint.seq) return
    await this.#insertCheckpoint(manager, head, at).catch((error: unknown) => {
      // A commit that arrived unnoticed brought it along.
      if (!isUniqueViolation(error)) throw error
    })
    this.#announce(head, at)
  }

  #due(head: Place, at: number): boolean {
    return (
      head.seq - this.#checkpoint.seq >= CHECKPOINT_ENTRIES ||
      (this.#checkpoint.at > 0 && passed(this.#checkpoint.at, at))
    )
  }

  async #insertCheckpoint(manager: EntityManager, head: Place, at: number): Promise<void> {
    const mac = signCheckpoint(this.#key, { ...head, at })
    await manager.insert(AuditCheckpointEntity, { ...head, at, mac })
  }

  /** Writes the checkpoint to the log as well. An operator who keeps the log can show later that a chain was cut. */
  #announce(head: Place, at: number): void {
    this.#checkpoint = { seq: head.seq, at }
    const mac = signCheckpoint(this.#key, { ...head, at })
    this.logger.info({ ...head, at, mac }, 'audit checkpoint')
  }

  /** The head; undefined before the first entry. If the stored head was tampered with, logs it and stops writing. */
  async #current(manager: EntityManager): Promise<Place | undefined> {
    try {
      return await this.#head.read(manager)
    } catch (error) {
      if (error instanceof AuditBrokenError) {
        const { chainId, seq, code, message } = error
        this.logger.error?.({ chainId, seq, code }, message)
      }
      throw error
    }
  }

  async #start(
    manager: EntityManager,
    follows: Place | undefined,
    at: number,
    signed: Pick<AuditChainEntity, 'headSeq' | 'headHash' | 'headMac'>,
  ): Promise<void> {
    const ref = { table: 'audit_chains', row: this.#chainId, purpose: 'key' }
    await manager.insert(AuditChainEntity, {
      id: this.#chainId,
      startedAt: at,
      followsId: follows?.chainId ?? null,
      followsSeq: follows?.seq ?? null,
      sealedKey: this.vault.seal(ref, this.#key.toString('base64url')),
      ...signed,
    })
    this.#checkpoint = { seq: 0, at }
  }
}
