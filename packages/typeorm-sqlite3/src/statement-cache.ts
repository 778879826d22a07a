const CAPACITY = 100

/** Prepared statements by their text; the oldest goes first. */
export class StatementCache<T> {
  readonly #statements = new Map<string, T>()

  constructor(private readonly dispose: (statement: T) => void) {}

  get(sql: string): T | undefined {
    return this.#statements.get(sql)
  }

  set(sql: string, statement: T): void {
    this.#statements.set(sql, statement)
    if (this.#statements.size <= CAPACITY) return
    for (const [oldest, evicted] of this.#statements) {
      this.#statements.delete(oldest)
      this.dispose(evicted)
      break
    }
  }

  delete(sql: string): void {
    this.#statements.delete(sql)
  }

  /** Empties the cache without disposing. */
  drain(): T[] {
    const all = [...this.#statements.values()]
    this.#statements.clear()
    return all
  }
}
