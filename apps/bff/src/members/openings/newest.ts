/**
 * The times of a person's newest rows, newest first. A limit asks for the n-th: it says until when the person waits. Rows
 * that the group itself makes are added.
 */
export class Newest {
  readonly #times: number[]

  /**
   * @param skipped how many of the newest were not read: no group adds so many rows that one of them becomes the n-th
   * @param times the rows behind them, in any order
   */
  constructor(
    private readonly skipped: number,
    times: readonly number[],
  ) {
    this.#times = times.toSorted((a, b) => b - a)
  }

  /** A row that a clock ahead of ours made stays newer. */
  add(at: number): void {
    const place = this.#times.findIndex((time) => time <= at)
    this.#times.splice(place < 0 ? this.#times.length : place, 0, at)
  }

  nth(n: number): number | undefined {
    return this.#times[n - 1 - this.skipped]
  }
}
