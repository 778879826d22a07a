import type { InternalErrorCode } from '@sealcard/protocol'
import type { WxCallbacks, WxResult } from './wx-callbacks.js'

declare function setTimeout(run: () => void, ms: number): unknown
declare function clearTimeout(timer: unknown): void

/** A call that never answers is a failed call: the platform documents no limit of its own for most of them. */
export const CALL_TIMEOUT_MS = 10_000

/** What a failed call rejects with, before anyone judged what it means. */
export class WxFailure extends Error {
  readonly code = 'ERR_WX_CALL' satisfies InternalErrorCode
  override readonly name = 'WxFailure'

  constructor(readonly result: WxResult) {
    super(result.errMsg)
  }
}

/**
 * Turns a callback API into a promise. Done here and not by the framework: `Taro.updateShareMenu` resolves at once
 * whatever the platform answers, and native `wx.login` and `wx.authPrivateMessage` have no promise form.
 */
export const callWx = <R extends object>(
  api: string,
  run: (callbacks: Required<WxCallbacks<R>>) => unknown,
  timeoutMs: number = CALL_TIMEOUT_MS,
): Promise<R & WxResult> =>
  new Promise((resolve, reject) => {
    const fail = (result: WxResult | undefined) => {
      clearTimeout(timer)
      reject(new WxFailure({ ...result, errMsg: result?.errMsg ?? `${api}:fail` }))
    }
    const timer = setTimeout(() => fail({ errMsg: `${api}:fail timeout`, errno: 5 }), timeoutMs)
    try {
      run({
        success: (result) => {
          clearTimeout(timer)
          // Some base libraries call back without a result.
          resolve(isAbsent(result) ? ({ errMsg: `${api}:ok` } as R & WxResult) : result)
        },
        fail,
      })
    } catch (error) {
      fail({ errMsg: `${api}:fail ${String(error)}` })
    }
  })

const isAbsent = (result: object | null | undefined): boolean =>
  result === undefined || result === null
