import { WxFailure } from './call-wx.js'

declare function setTimeout(run: () => void, ms: number): unknown
declare function clearTimeout(timer: unknown): void

/** The first call waits for a bridge that a client without one never brings: the SDK's promise stays pending for ever. */
export const FIRST_CALL_TIMEOUT_MS = 5_000
/** A person picks a chat. */
export const PERSON_TIMEOUT_MS = 10 * 60_000

/** Fails after `ms`, whatever the SDK does; what it throws at once is a rejection, too. */
export const callWw = <R>(api: string, run: () => Promise<R>, ms: number): Promise<R> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new WxFailure({ errMsg: `${api}:fail timeout` }))
    }, ms)
    const settle = () => {
      clearTimeout(timer)
    }
    Promise.resolve().then(run).finally(settle).then(resolve, reject)
  })
