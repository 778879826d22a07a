import type { Clock } from '../core/ports/clock.js'
import { isStorageUnavailable } from './storage-error.js'

/** After a failure: a locked database makes the first reader wait, not every one. */
const REST_MS = 10_000

/**
 * When something was used last: a note that may be missing. A storage that takes no writes must not end reading, and
 * whoever is judged by the note (an idle login) is judged by an older one, which ends it sooner.
 */
export class LastUse {
  #failedAt = -Infinity

  constructor(private readonly clock: Clock) {}

  /** @throws what `write` throws, unless the storage takes no writes */
  async note(write: () => Promise<unknown>): Promise<void> {
    const since = this.clock.now() - this.#failedAt
    if (since >= 0 && since < REST_MS) return
    try {
      await write()
    } catch (error) {
      if (!isStorageUnavailable(error)) throw error
      this.#failedAt = this.clock.now()
    }
  }
}
