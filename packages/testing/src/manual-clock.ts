/**
 * A clock that moves only when a test moves it. By default it starts at 2026-01-01T00:00:00Z. As a machine's clock it also
 * counts elapsed time, which a jump does not change.
 */
export class ManualClock {
  #now: number
  #elapsed = 0

  constructor(start: number = Date.UTC(2026, 0, 1)) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  /** Milliseconds since it was made, by `advance`. */
  elapsed(): number {
    return this.#elapsed
  }

  /** Jumps to `ms` since the epoch; backwards is allowed. */
  set(ms: number): void {
    this.#now = ms
  }

  /** Moves by `ms`; negative is allowed, and is a jump. */
  advance(ms: number): void {
    this.#now += ms
    this.#elapsed += Math.max(0, ms)
  }

  /** The clock is set, and no time passes. */
  jump(ms: number): void {
    this.#now += ms
  }
}
