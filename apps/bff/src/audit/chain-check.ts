import { equal } from '@sealcard/crypto'
import type { Vault } from '../core/crypto/vault.js'
import type { AuditChainEntity, AuditCheckpointEntity, AuditEntryEntity } from './audit.entities.js'
import type { ChainLink } from './chain-anchor.js'
import { GENESIS, signCheckpoint, signHead } from './entry-hash.js'

export interface Fault {
  readonly chainId: string
  readonly seq: number
  readonly what: string
}

/** Reported of one chain; after a break nearly everything that follows is one too. */
const MAX_FAULTS = 10

/** Follows one chain from its first entry to its head. */
export class ChainCheck {
  readonly #faults: Fault[] = []
  readonly #checkpoints = new Map<number, AuditCheckpointEntity>()
  readonly #key: Buffer | undefined
  #prev: string
  seq = 0

  /** @param first the entry 1, if there is one: its prevHash is a place in the chain that this one continues */
  constructor(
    private readonly chain: AuditChainEntity,
    vault: Vault,
    first: AuditEntryEntity | null,
    checkpoints: readonly AuditCheckpointEntity[],
  ) {
    this.#prev = first?.prevHash ?? GENESIS
    this.#key = this.#unseal(vault)
    const follows = chain.followsId !== null && chain.followsSeq !== null
    if (first && ((!follows && this.#prev !== GENESIS) || first.at !== chain.startedAt)) {
      this.#fault(1, 'does not start where the chain says it starts')
    }
    for (const checkpoint of checkpoints) {
      this.#checkpoints.set(checkpoint.seq, checkpoint)
      if (!this.#key || !equal(signCheckpoint(this.#key, checkpoint), checkpoint.mac)) {
        this.#fault(checkpoint.seq, 'a checkpoint is not signed by this service')
      }
    }
  }

  next(entry: ChainLink): void {
    if (entry.seq !== this.seq + 1) this.#fault(this.seq + 1, 'an entry is missing')
    else if (entry.prevHash !== this.#prev)
      this.#fault(entry.seq, 'does not follow the entry before it')
    if (!entry.intact) this.#fault(entry.seq, 'was changed')
    const checkpoint = this.#checkpoints.get(entry.seq)
    if (checkpoint) {
      if (checkpoint.hash !== entry.hash) this.#fault(entry.seq, 'is not what was signed or noted')
      this.#checkpoints.delete(entry.seq)
    }
    this.seq = entry.seq
    this.#prev = entry.hash
  }

  /** @param head the chain's row as it is now */
  end(head: AuditChainEntity | null): readonly Fault[] {
    if (!head) this.#fault(0, 'the chain is missing')
    else if (!this.#signed(head)) {
      this.#fault(head.headSeq, 'the head is not signed by this service')
    } else if (head.headSeq !== this.seq) {
      this.#fault(
        Math.min(head.headSeq, this.seq) + 1,
        head.headSeq > this.seq ? 'the tail is cut off' : 'was added after the head',
      )
    } else if (head.headHash !== this.#prev) this.#fault(head.headSeq, 'is not the signed head')
    for (const seq of this.#checkpoints.keys())
      this.#fault(seq, 'an entry that was signed or noted is missing')
    return this.#faults
  }

  #signed({ id, headSeq, headHash, headMac }: AuditChainEntity): boolean {
    if (!this.#key) return false
    return equal(signHead(this.#key, { chainId: id, seq: headSeq, hash: headHash }), headMac)
  }

  #unseal(vault: Vault): Buffer | undefined {
    const { id, sealedKey } = this.chain
    try {
      return Buffer.from(
        vault.unseal({ table: 'audit_chains', row: id, purpose: 'key' }, sealedKey),
        'base64url',
      )
    } catch {
      this.#fault(
        0,
        'the signing key cannot be unsealed: was it changed, or is its sealing key missing?',
      )
      return undefined
    }
  }

  #fault(seq: number, what: string): void {
    if (this.#faults.length < MAX_FAULTS) this.#faults.push({ chainId: this.chain.id, seq, what })
  }
}
