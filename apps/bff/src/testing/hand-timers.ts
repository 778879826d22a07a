import { SystemTimers, type Timers } from '../ports/timers.js'

/** Timers whose deadlines a test lets pass by hand. */
export class HandTimers extends SystemTimers implements Timers {
  readonly pending = new Set<() => void>()

  override after(_ms: number, fn: () => void): () => void {
    this.pending.add(fn)
    return () => this.pending.delete(fn)
  }

  pass(): void {
    for (const fn of [...this.pending]) fn()
  }
}
