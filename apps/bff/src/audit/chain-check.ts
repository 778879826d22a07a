import type { Vault } from '../vault/vault.js'
import type { AuditChainEntity } from './audit-chain.entity.js'
import type { AuditEntryEntity } from './audit-entry.entity.js'
import { entryHash, type Place, sameText, signPlace } from './entry-hash.js'

export interface Fault {
  readonly chainId: string
  readonly seq: number
  readonly what: string
}

/** Reported of one chain; after a break nearly everything that follows is one too. */
const MAX_FAULTS = 10

/** A place that the chain must have passed; with a signature it is a checkpoint of the chain's own. */
type Expected = Place & { readonly mac?: string }

/** Follows one chain from its first entry to its head. */
export class ChainCheck {
  readonly #faults: Fault[] = []
  readonly #expected = new Map<number, Expected[]>()
  readonly #key: Buffer | undefined
  #prev: string
  seq = 0

  constructor(
    private readonly chain: AuditChainEntity,
    vault: Vault,
    start: string,
    expected: readonly Expected[],
  ) {
    this.#prev = start
    this.#key = this.#unseal(vault)
    for (const place of expected) {
      const { seq, hash, mac } = place
      this.#expected.set(seq, [...(this.#expected.get(seq) ?? []), place])
      if (mac !== undefined && !this.#signed('checkpoint', seq, hash, mac)) {
        this.#fault(seq, 'a checkpoint is not signed by this service')
      }
    }
  }

  next(entry: AuditEntryEntity): void {
    if (entry.seq !== this.seq + 1) this.#fault(this.seq + 1, 'an entry is missing')
    else if (entry.prevHash !== this.#prev)
      this.#fault(entry.seq, 'does not follow the entry before it')
    if (entryHash(entry) !== entry.hash) this.#fault(entry.seq, 'was changed')
    for (const place of this.#expected.get(entry.seq) ?? []) {
      if (place.hash !== entry.hash) this.#fault(entry.seq, 'is not what was signed or noted')
    }
    this.#expected.delete(entry.seq)
    this.seq = entry.seq
    this.#prev = entry.hash
  }

  /** @param head the chain's row as it is now */
  end(head: AuditChainEntity | null): readonly Fault[] {
    if (!head) this.#fault(0, 'the chain is missing')
    else if (!this.#signed('head', head.headSeq, head.headHash, head.headMac)) {
      this.#fault(head.headSeq, 'the head is not signed by this service')
    } else if (head.headSeq !== this.seq) {
      this.#fault(
        Math.min(head.headSeq, this.seq) + 1,
        head.headSeq > this.seq ? 'the tail is cut off' : 'was added after the head',
      )
    } else if (head.headHash !== this.#prev) this.#fault(head.headSeq, 'is not the signed head')
    for (const seq of this.#expected.keys())
      this.#fault(seq, 'an entry that was signed or noted is missing')
    return this.#faults
  }

  #signed(use: 'head' | 'checkpoint', seq: number, hash: string, mac: string): boolean {
    if (!this.#key) return false
    return sameText(signPlace(this.#key, use, { chainId: this.chain.id, seq, hash }), mac)
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
