import type { Clock } from '../ports/clock.js'

interface Count {
  window: number
  used: number
}

/** Addresses remembered at once; beyond it the oldest are forgotten, so that a flood cannot fill the memory. */
const MAX_KEYS = 100_000

/** Counts per key in windows of fixed length, in this process only. */
export class FixedWindow {
  readonly #counts = new Map<string, Count>()

  /** @param limit how many per window @param length of the window, in milliseconds */
  constructor(
    private readonly clock: Clock,
    private readonly limit: number,
    private readonly length: number,
  ) {}

  /** @returns 0 when allowed, else the seconds until the next window */
  take(key: string): number {
    const now = this.clock.now()
    const window = Math.floor(now / this.length)
    const count = this.#counts.get(key)
    if (!count || count.window !== window) {
      this.#counts.delete(key)
      this.#counts.set(key, { window, used: 1 })
      this.#forget()
      return 0
    }
    count.used += 1
    if (count.used <= this.limit) return 0
    return ((window + 1) * this.length - now) / 1000
  }

  #forget(): void {
    if (this.#counts.size <= MAX_KEYS) return
    const [oldest] = this.#counts.keys()
    if (oldest !== undefined) this.#counts.delete(oldest)
  }
}
