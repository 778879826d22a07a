/** A business error of a platform's server API: HTTP 200, `errcode` and `errmsg` (C12, Q18). */
export class PlatformError extends Error {
  constructor(
    readonly errcode: number,
    readonly errmsg: string,
  ) {
    super(`${errcode} ${errmsg}`)
  }
}
