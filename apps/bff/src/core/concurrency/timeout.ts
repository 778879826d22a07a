import type { Timers } from '../ports/timers.js'

/** What a stopping process still waits for. */
export const SHUTDOWN_TIMEOUT_MS = 1_500

/** Resolves when the work is over, or when a stopping process has waited for it long enough. */
export const withTimeout = async (timers: Timers, work: Promise<unknown> | undefined) => {
  const waited = new AbortController()
  const timeout = timers.sleep(SHUTDOWN_TIMEOUT_MS, waited.signal).catch(() => {})
  await Promise.race([work, timeout])
  waited.abort()
}
