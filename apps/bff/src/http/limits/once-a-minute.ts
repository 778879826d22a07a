import { MINUTE } from '../../core/time.js'

/** The transaction that writes what is let through. */
export interface Committing {
  /** Called once COMMIT has succeeded, and only then. */
  afterCommit: (note: () => void) => void
}

/**
 * Lets one of a kind through each minute, so that a flood of what is recorded fills no disk. In one process. What a
 * transaction that rolls back was allowed to record does not count.
 */
export class OnceAMinute {
  /** Times in ms UTC, in their order. */
  readonly #last = new Map<string, number>()
  /** What a transaction that is under way was let through with. */
  readonly #under = new WeakMap<Committing, Set<string>>()

  /** @param now milliseconds UTC */
  allows(kind: string, now: number, transaction: Committing): boolean {
    const last = this.#last.get(kind)
    if (last !== undefined && now - last < MINUTE) return false
    const kinds = this.#under.get(transaction) ?? new Set()
    if (kinds.has(kind)) return false
    this.#under.set(transaction, kinds.add(kind))
    transaction.afterCommit(() => this.#note(kind, now))
    return true
  }

  #note(kind: string, now: number): void {
    this.#last.delete(kind)
    this.#last.set(kind, now)
    for (const [old, at] of this.#last) {
      if (now - at < MINUTE) break
      this.#last.delete(old)
    }
  }
}
