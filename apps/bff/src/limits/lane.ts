import { bulkhead, type BulkheadPolicy } from 'cockatiel'

/**
 * So many at once, so many waiting behind them in the order in which they came, and nobody else. Keeps each turn of the
 * event loop short, so that what waits in no lane is answered at once, however much is asked.
 */
export class Lane {
  readonly #bulkhead: BulkheadPolicy

  constructor(
    atOnce: number,
    private readonly room: number,
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
   * @throws BulkheadRejectedError when the lane is full
   */
  enter(): Promise<() => void> {
    return new Promise((resolve, reject) => {
      this.#bulkhead.execute(() => new Promise<void>((leave) => resolve(leave))).catch(reject)
    })
  }
}
