import type { InternalErrorCode } from '@sealcard/protocol'
import type { Timers } from '../ports/timers.js'

/** The caller stops waiting; the work itself continues. */
export class DeadlineError extends Error {
  readonly code = 'ERR_DEADLINE' satisfies InternalErrorCode
}

/**
 * Waits for the work, but no longer than so. The time is measured by the `Timers` port, which libraries don't know.
 * @param ms milliseconds
 * @throws DeadlineError; what the work throws
 */
export const withDeadline = <T>(timers: Timers, ms: number, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = timers.after(ms, () => reject(new DeadlineError(`not done within ${ms} ms`)))
    work.finally(stop).then(resolve, reject)
  })

/** How long a process that stops waits for work that has begun, ms. */
export const SHUTDOWN_TIMEOUT_MS = 1_500

/** Resolves when the work ends, well or badly, or when a process that stops has waited long enough. */
export const settledAtShutdown = async (timers: Timers, work: Promise<unknown>) => {
  await withDeadline(timers, SHUTDOWN_TIMEOUT_MS, work).catch(() => {})
}
