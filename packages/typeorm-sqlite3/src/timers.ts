/** The waits of the driver. A test may replace them and control them. */
export interface Timers {
  /** Calls `fn` once after `ms` milliseconds unless the returned function is called first. */
  after: (ms: number, fn: () => void) => () => void
}

export const systemTimers: Timers = {
  after: (ms, fn) => {
    const timer = setTimeout(fn, ms)
    return () => clearTimeout(timer)
  },
}

export const sleep = (timers: Timers, ms: number): Promise<void> =>
  new Promise((resolve) => {
    timers.after(ms, resolve)
  })
