import type { Clock } from '../../core/ports/clock.js'

interface Count {
  window: number
  used: number
}

/** Addresses remembered at once; beyond it the oldest are forgotten, so that a flood cannot fill the memory. */
const MAX_KEYS = 100_000

/**
 * Counts per key in windows of fixed length, in this process only. Written by hand: libraries of rate limits read the
 * machine's clock, and this one asks the `Clock` port.
 */
export class FixedWindow {
  readonly #counts = new Map<string, Count>()

  /** @param limit how many per window @param length of the window, in milliseconds */
  constructor(
    private readonly clock: Clock,
    private readonly limit: number,
    private readonly length: number,
  ) {}

  /**
   * @param amount that is counted, allowed or not; the last that is allowed may be more than was left
   * @returns 0 when allowed, else the seconds until the next window
   */
  take(key: string, amount = 1): number {
    const window = this.#window()
    const count = this.#counts.get(key)
    const used = (count?.window === window ? count.used : 0) + amount
    if (count?.window === window) count.used = used
    else {
      this.#counts.delete(key)
      this.#counts.set(key, { window, used })
      this.#forget()
    }
    return used - amount < this.limit ? 0 : this.#untilNext(window)
  }

  /** Whether one more would be allowed; counts nothing. */
  hasRoom(key: string): boolean {
    const count = this.#counts.get(key)
    return count?.window !== this.#window() || count.used < this.limit
  }

  /** What was taken in this window does not count. */
  giveBack(key: string): void {
    const count = this.#counts.get(key)
    if (count?.window === this.#window() && count.used > 0) count.used -= 1
  }

  #window(): number {
    return Math.floor(this.clock.now() / this.length)
  }

  #untilNext(window: number): number {
    return ((window + 1) * this.length - this.clock.now()) / 1000
  }

  #forget(): void {
    if (this.#counts.size <= MAX_KEYS) return
    const [oldest] = this.#counts.keys()
    if (oldest !== undefined) this.#counts.delete(oldest)
  }
}
