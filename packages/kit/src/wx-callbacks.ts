/** What every callback of the platform carries. Only `errMsg` is certain. */
export interface WxResult {
  errMsg: string
  errno?: number
  errCode?: number
}

/** The callbacks of an asynchronous `wx` call. */
export interface WxCallbacks<R extends object = object> {
  success?: (result: R & WxResult) => void
  fail?: (result: WxResult) => void
}
