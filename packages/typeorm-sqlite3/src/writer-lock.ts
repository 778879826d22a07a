import { WriteLeaseError } from './errors.js'
import type { Timers } from './timers.js'

interface Waiter {
  grant: () => void
}

/** One holder at a time, in the order of asking. A caller waits at most `waitMs`. */
export class WriterLock {
  readonly #queue: Waiter[] = []
  #held = false

  constructor(
    private readonly timers: Timers,
    private readonly waitMs: number,
  ) {}

  /**
   * @returns the release; a second call does nothing
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
