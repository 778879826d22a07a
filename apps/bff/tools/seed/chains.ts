import type { Fact } from '../../src/audit/audit.entities.js'
import { entryHash, GENESIS, signCheckpoint, signHead } from '../../src/audit/entry-hash.js'
import type { Vault } from '../../src/core/crypto/vault.js'
import type { SeededStream } from './seeded-stream.js'
import { type Sink, TABLES } from './tables.js'

const CHECKPOINT_ENTRIES = 1000

/** Writes the audit as processes would that are restarted now and then: each chain continues the one before. */
export class Chains {
  #chain: Chain | undefined
  #last: { id: string; seq: number; hash: string } | undefined
  #entries = 0

  constructor(
    private readonly sink: Sink,
    private readonly vault: Vault,
    private readonly random: SeededStream,
  ) {}

  get entries(): number {
    return this.#entries
  }

  add(fact: Fact, at: number): void {
    const chain = (this.#chain ??= this.#start(at))
    const entry = {
      chainId: chain.id,
      seq: chain.seq + 1,
      at,
      kind: fact.kind,
      actor: fact.actor,
      subject: fact.subject,
      decision: fact.decision,
      reason: fact.reason ?? '',
      prevHash: chain.hash,
    }
    const hash = entryHash(entry)
    this.sink.add(TABLES.entries, [...Object.values(entry), hash])
    chain.seq = entry.seq
    chain.hash = hash
    this.#entries += 1
    if (chain.seq % CHECKPOINT_ENTRIES === 0) {
      const place = { chainId: chain.id, seq: chain.seq, hash, at }
      const mac = signCheckpoint(chain.key, place)
      this.sink.add(TABLES.checkpoints, [chain.id, chain.seq, at, hash, mac])
    }
  }

  /** The process ends; the next fact is another one's. */
  end(): void {
    const chain = this.#chain
    if (!chain) return
    const { id, seq, hash, key, startedAt, follows } = chain
    const ref = { table: 'audit_chains', row: id, purpose: 'key' }
    const sealed = this.vault.seal(ref, key.toString('base64url'))
    const mac = signHead(key, { chainId: id, seq, hash })
    this.sink.add(TABLES.chains, [
      id,
      startedAt,
      follows?.id ?? null,
      follows?.seq ?? null,
      sealed,
      seq,
      hash,
      mac,
    ])
    this.#last = { id, seq, hash }
    this.#chain = undefined
  }

  #start(at: number): Chain {
    return {
      id: this.random.id(),
      key: this.random.bytes(32),
      startedAt: at,
      follows: this.#last,
      seq: 0,
      hash: this.#last?.hash ?? GENESIS,
    }
  }
}

interface Chain {
  readonly id: string
  readonly key: Buffer
  readonly startedAt: number
  readonly follows: { id: string; seq: number } | undefined
  seq: number
  hash: string
}
