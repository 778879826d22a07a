import type { Clock } from '../core/ports/clock.js'
import { isStorageUnavailable } from './storage-error.js'

/** After a failure: a locked database makes the first reader wait, not every one. */
const REST_MS = 10_000

/**
 * Notes when something was last used. A note may be missing: a storage that takes no writes must not stop reads. The idle
 * time of a login is checked against the note: an older note ends the login sooner.
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
