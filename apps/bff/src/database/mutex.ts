import type { Timers } from '../core/ports/timers.js'
import { WriteLeaseError } from './storage-error.js'

interface Waiter {
  grant: () => void
}

/** One holder at a time, in the order of asking; nobody waits longer than `waitMs`. */
export class Mutex {
  readonly #queue: Waiter[] = []
  #held = false

  constructor(
    private readonly timers: Timers,
    private readonly waitMs: number,
  ) {}

  /**
   * @returns the release; calling it again does nothing
   * @throws WriteLeaseError after `waitMs`
   */
  acquire(): Promise<() => void> {
    if (!this.#held) {
      this.#held = true
      return Promise.resolve(this.#release())
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        grant: () => {
          cancel()
          resolve(this.#release())
        },
      }
      const cancel = this.timers.after(this.waitMs, () => {
        const place = this.#queue.indexOf(waiter)
        if (place < 0) return
        this.#queue.splice(place, 1)
        reject(new WriteLeaseError(this.waitMs))
      })
      this.#queue.push(waiter)
    })
  }

  /** @throws WriteLeaseError after `waitMs` without a turn, before `work` has begun */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.acquire()
    try {
      return await work()
    } finally {
      release()
    }
  }

  #release(): () => void {
    let released = false
    return () => {
      if (released) return
      released = true
      const next = this.#queue.shift()
      if (next) next.grant()
      else this.#held = false
    }
  }
}
