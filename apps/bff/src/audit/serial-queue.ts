import type { Timers } from '../core/ports/timers.js'
import { Mutex } from '../database/mutex.js'
import { isLostToAnother, isStorageUnavailable } from '../database/storage-error.js'

/** The storage failed whoever had the turn; the work that waited did not begin. A client hears 503. */
export class WriterUnavailableError extends Error {
  readonly code = 'ERR_WRITE_LEASE'

  constructor(outage: unknown) {
    super('audit: the storage failed the work before this one', { cause: outage })
    this.name = 'WriterUnavailableError'
  }
}

/** One at a time, first come first served; nobody waits longer than `waitMs`, nor for a storage that is not there. */
export class SerialQueue {
  readonly #mutex: Mutex
  #outages = 0
  #outage: unknown

  constructor(timers: Timers, waitMs: number) {
    this.#mutex = new Mutex(timers, waitMs)
  }

  /**
   * When the storage fails the one whose turn it is, those who wait fail with it: each would spend the storage's own
   * deadline again, one after another. Who comes later tries anew.
   * @throws WriteLeaseError after `waitMs` without a turn, WriterUnavailableError, or what `work` throws
   */
  run<T>(work: () => Promise<T>): Promise<T> {
    const outages = this.#outages
    return this.#mutex.run(async () => {
      if (outages !== this.#outages) throw new WriterUnavailableError(this.#outage)
      try {
        return await work()
      } catch (error) {
        if (isStorageUnavailable(error) && !isLostToAnother(error)) {
          this.#outages += 1
          this.#outage = error
        }
        throw error
      }
    })
  }
}
