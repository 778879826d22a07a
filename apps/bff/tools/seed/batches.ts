import type { SeedTable, Sink, Value } from './tables.js'

/** Collects rows by table and writes a batch as soon as it is full. Meanwhile the next batch is made. */
export class Batches implements Sink {
  readonly #waiting = new Map<SeedTable, Value[]>()
  #writing: Promise<void> = Promise.resolve()
  #before: Promise<void> = Promise.resolve()
  #failed: unknown

  constructor(
    private readonly rows: number,
    private readonly write: (table: SeedTable, values: Value[]) => Promise<void>,
  ) {}

  add(table: SeedTable, row: readonly Value[]): void {
    let values = this.#waiting.get(table)
    if (!values) this.#waiting.set(table, (values = []))
    for (const value of row) values.push(value)
    if (values.length < this.rows * table.columns.length) return
    this.#waiting.delete(table)
    this.#send(table, values)
  }

  /** Waits for what was there the last time, so that rows are made while others are written. */
  async settle(): Promise<void> {
    const before = this.#before
    this.#before = this.#writing
    await before
    if (this.#failed) throw this.#failed
  }

  /** Also the batches that are not full. */
  async end(): Promise<void> {
    for (const [table, values] of this.#waiting) this.#send(table, values)
    this.#waiting.clear()
    await this.#writing
    if (this.#failed) throw this.#failed
  }

  #send(table: SeedTable, values: Value[]): void {
    this.#writing = this.#writing
      .then(() => (this.#failed ? undefined : this.write(table, values)))
      .catch((error: unknown) => void (this.#failed = error))
  }
}
