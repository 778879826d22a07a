import { equal } from '@sealcard/crypto'
import type { InternalErrorCode } from '@sealcard/protocol'
import type { EntityManager } from 'typeorm'
import { AuditChainEntity, AuditEntryEntity } from './audit.entities.js'
import { type Place, signHead } from './entry-hash.js'

/** The database holds less of this process's chain than was committed, or something else. Nothing is written over it. */
export class AuditBrokenError extends Error {
  readonly code = 'ERR_AUDIT_BROKEN' satisfies InternalErrorCode

  constructor(
    readonly chainId: string,
    readonly seq: number,
    what: string,
  ) {
    super(`audit: chain ${chainId}, entry ${seq}: ${what}`)
    this.name = 'AuditBrokenError'
  }
}

/** Where this process's own chain stands. */
export class ChainHead {
  /** The last entry that is known to be committed. */
  #committed: Place | undefined
  #doubtful = false

  constructor(
    private readonly chainId: string,
    private readonly key: Uint8Array,
  ) {}

  committed(head: Place): void {
    this.#committed = head
    this.#doubtful = false
  }

  /** A commit was sent, and it is unknown whether it arrived. The doubt lasts until a later commit succeeds. */
  markUncertain(): void {
    this.#doubtful = true
  }

  /**
   * @returns undefined before the first entry
   * @throws AuditBrokenError when the database no longer holds what this process committed
   */
  async read(manager: EntityManager): Promise<Place | undefined> {
    if (!this.#doubtful) return this.#committed
    const chain = await manager.findOneBy(AuditChainEntity, { id: this.chainId })
    const known = this.#committed
    if (!chain) {
      if (known) throw this.#broken(known, 'the chain is missing')
      return undefined
    }
    const head = { chainId: this.chainId, seq: chain.headSeq, hash: chain.headHash }
    if (!equal(signHead(this.key, head), chain.headMac))
      throw this.#broken(head, 'the head is not signed by this process')
    if (known) await this.#holds(manager, known, head)
    this.#committed = head
    return head
  }

  /** An older head is signed as well: it must not be less than what was committed since. */
  async #holds(manager: EntityManager, known: Place, head: Place): Promise<void> {
    if (head.seq < known.seq) throw this.#broken(known, 'was committed, and the head is before it')
    const where = { chainId: this.chainId, seq: known.seq }
    const entry = await manager.findOneBy(AuditEntryEntity, where)
    if (!entry) throw this.#broken(known, 'was committed, and is missing')
    if (entry.hash !== known.hash || (head.seq === known.seq && head.hash !== known.hash))
      throw this.#broken(known, 'is not what was committed')
  }

  #broken({ seq }: Place, what: string): AuditBrokenError {
    return new AuditBrokenError(this.chainId, seq, what)
  }
}
