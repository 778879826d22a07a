/** Timers that never wait: `sleep` yields one turn of the event loop and notes how long it was asked to wait. */
export class InstantTimers {
  /** Every duration asked of `sleep`, in order, in ms. */
  readonly slept: number[] = []

  /** @param onSleep called with each duration, for instance to advance a `ManualClock` */
  constructor(private readonly onSleep: (ms: number) => void = () => {}) {}

  after(_ms: number, fn: () => void): () => void {
    const immediate = setImmediate(fn)
    return () => clearImmediate(immediate)
  }

  sleep(ms: number): Promise<void> {
    this.slept.push(ms)
    this.onSleep(ms)
    return new Promise((resolve) => setImmediate(resolve))
  }
}
