import type { Timers } from './ports.js'

/**
 * @param work gets a signal, which is aborted when its answer comes too late
 * @throws what it throws, or that it was late
 */
export const withDeadline = <T>(
  timers: Timers,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const controller = new AbortController()
    const cancel = timers.after(ms, () => {
      const late = new Error(`no answer in ${ms} ms`)
      controller.abort(late)
      reject(late)
    })
    work(controller.signal).then(resolve, reject).finally(cancel)
  })
