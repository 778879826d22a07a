import { handleWhen, retry as retryPolicy } from 'cockatiel'
import type { Timers } from '../ports/timers.js'

export interface RetryOptions<T> {
  /** How often the work runs, at most. */
  readonly tries: number
  /** Whether this error is worth another try. Without it no error is. */
  readonly onError?: (error: unknown) => boolean
  /** Whether this result is worth another try. Without it no result is. */
  readonly onResult?: (result: T) => boolean
  /** The wait between two tries. Without it the next try follows at once. */
  readonly pause?: {
    readonly timers: Timers
    /** @param failed how many tries are behind, from 1 @returns milliseconds */
    readonly ms: (failed: number) => number
  }
}

/**
 * Runs the work until a try is not worth another one.
 *
 * cockatiel counts and judges. It would wait by the machine's timers, so the wait is ours, by the `Timers` port.
 * @param work begins from the start each time, so it keeps no state
 * @returns the result of the last try
 * @throws the error of the last try
 */
export const retry = <T>(
  { tries, onError = () => false, onResult = () => false, pause }: RetryOptions<T>,
  work: () => Promise<T>,
): Promise<T> => {
  const again = handleWhen(onError).orWhenResult((result) => onResult(result as T))
  return retryPolicy(again, { maxAttempts: tries - 1 }).execute(async ({ attempt }) => {
    if (pause && attempt > 0) await pause.timers.sleep(pause.ms(attempt))
    return work()
  })
}
