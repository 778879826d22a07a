import { bulkhead, type BulkheadPolicy } from 'cockatiel'
import type { Timers } from '../ports/timers.js'

/** The turn did not come in time, or no more turns come. */
export class WaitedTooLong extends Error {}

/**
 * So many at once, so many waiting behind them in the order in which they came, and nobody else. Keeps each turn of the
 * event loop short, so that what waits in no lane is answered at once, however much is asked.
 */
export class Lane {
  readonly #bulkhead: BulkheadPolicy
  /** What those who wait are to be told when no turn comes. */
  readonly #giveUps = new Set<() => void>()

  /** @param longestMs that anybody waits */
  constructor(
    atOnce: number,
    private readonly room: number,
    private readonly longestMs: number,
    private readonly timers: Timers,
  ) {
    this.#bulkhead = bulkhead(atOnce, room)
  }

  get full(): boolean {
    return this.#bulkhead.executionSlots === 0 && this.#bulkhead.queueSlots === 0
  }

  get waiting(): number {
    return this.room - this.#bulkhead.queueSlots
  }

  /**
   * @returns what to call on leaving, once or more
   * @throws BulkheadRejectedError when the lane is full; WaitedTooLong
   */
  enter(): Promise<() => void> {
    return new Promise((resolve, reject) => {
      let gone = false
      const stopWaiting = this.#bulkhead.executionSlots === 0 ? this.#wait(giveUp) : () => {}
      function giveUp() {
        gone = true
        stopWaiting()
        reject(new WaitedTooLong())
      }
      const turn = () => {
        stopWaiting()
        return gone ? undefined : new Promise<void>((leave) => resolve(leave))
      }
      this.#bulkhead.execute(turn).catch((error: unknown) => {
        stopWaiting()
        reject(error as Error)
      })
    })
  }

  /** For those who wait no turn comes any more. */
  turnAway(): void {
    for (const giveUp of [...this.#giveUps]) giveUp()
  }

  #wait(giveUp: () => void): () => void {
    const cancel = this.timers.after(this.longestMs, giveUp)
    this.#giveUps.add(giveUp)
    return () => {
      cancel()
      this.#giveUps.delete(giveUp)
    }
  }
}
