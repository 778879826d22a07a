/** A clock that moves only when told to. Starts at 2026-01-01T00:00:00Z unless told otherwise. */
export class ManualClock {
  #now: number

  constructor(start: number = Date.UTC(2026, 0, 1)) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  /** Jumps to `ms` since the epoch; backwards is allowed. */
  set(ms: number): void {
    this.#now = ms
  }

  /** Moves by `ms`; negative is allowed. */
  advance(ms: number): void {
    this.#now += ms
  }
}
